"""English as administrations write it."""

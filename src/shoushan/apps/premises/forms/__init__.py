"""What the pages of premises ask for."""

"""Questions about premises."""

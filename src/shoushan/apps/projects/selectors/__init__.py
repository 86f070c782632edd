"""Questions to the key projects."""

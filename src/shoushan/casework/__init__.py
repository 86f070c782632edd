"""A matter that somebody must solve, from raised to closed: routed, clocked, worked on, answered, called back."""

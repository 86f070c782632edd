"""States and transitions as data, the steps that were taken, and the dated rules by which they are judged."""

"""Personal data: encrypted in the column, found by blind index, shown one at a time with a purpose, every look logged."""

"""Pages of calendars and of deadlines."""

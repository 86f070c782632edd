"""What needs neither models nor settings: codes and their checks, dates, numbers, money, text."""

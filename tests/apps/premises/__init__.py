"""Tests of premises."""

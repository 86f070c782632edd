"""Tests of the reference district's generator."""

"""Shoushan (首善): the operations platform of a district government."""

__version__ = "0.1.0"

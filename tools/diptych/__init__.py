"""Diptych: publish comparative analyses of two research papers."""

__version__ = "0.1.0"

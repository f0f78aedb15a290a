"""Optimal tariffs told."""

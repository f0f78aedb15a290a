"""Readers: one upstream format a file."""

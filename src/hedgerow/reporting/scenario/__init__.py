"""A scenario told."""

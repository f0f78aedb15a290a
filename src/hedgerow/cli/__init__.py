"""Command line: one file a verb; prints, never computes."""

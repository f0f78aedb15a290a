"""Reporting: tells what was computed elsewhere."""

"""Scenarios: what a policy is called, where it stands, and files that hold it."""

"""Indicators told."""

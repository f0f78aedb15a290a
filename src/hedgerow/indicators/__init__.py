"""Indicators: accounting measures, taken from data without a model."""

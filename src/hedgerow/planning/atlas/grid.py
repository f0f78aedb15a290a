"""Where an atlas is computed: chances and severities, our choice."""

from __future__ import annotations

__all__ = ["CHANCES", "MIDDLE", "SEVERITIES"]

SEVERITIES = (0.05, 0.10, 0.25, 0.50, 1.00)
"""Points that the power adds on all goods of the country alone."""
CHANCES = (0.05, 0.10, 0.25, 0.50, 0.75, 1.00)
MIDDLE = 0.25
"""Chance and severity of the table of all countries."""

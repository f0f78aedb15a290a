"""Variants of the trade model: each file states its own equations; all are solved by ``trade.fixedpoint``."""

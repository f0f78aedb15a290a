"""Benchmarks and the slow, obvious solver that tests compare with."""

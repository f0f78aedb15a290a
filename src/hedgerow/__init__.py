"""Hedgerow: how exposed is a country to a great power's policy swings, and which partnerships would cut that."""

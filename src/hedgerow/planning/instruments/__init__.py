"""Blunting, binding and boosting: what a country can do about a power besides trade agreements, priced in the open."""

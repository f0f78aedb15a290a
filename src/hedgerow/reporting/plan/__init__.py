"""A plan told: tables, pictures, words."""

"""A ledger told."""

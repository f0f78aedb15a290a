"""Data: the register of sources, readers of publishers' files and the embedded, derived tables."""

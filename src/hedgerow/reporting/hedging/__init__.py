"""How states hedge, told."""

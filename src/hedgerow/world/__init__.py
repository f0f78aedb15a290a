"""World: actors, partnerships and declared layers on shared labels."""

"""Files that people write: on which line a thing stands, what is wrong with it, in words that help."""

"""The four elements of hedging as a profile, a composite with its uncertainty, and a class with visible cut-offs."""

"""How sure the numbers of a brief are: what is varied, draws, bands, and which assumption decides the answer."""

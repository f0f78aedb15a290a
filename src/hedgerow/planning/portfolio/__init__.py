"""Which portfolio of partnerships, at what premium: regimes of the power, bundles of options, what each is worth."""

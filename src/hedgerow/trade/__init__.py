"""Trade: the general-equilibrium model of trade in many sectors."""

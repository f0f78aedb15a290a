"""First-order exposures: who is touched by whose policy, at the base or at any equilibrium."""

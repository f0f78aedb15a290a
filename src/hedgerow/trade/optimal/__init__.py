"""Optimal trade policy: what a tariff setter would choose, alone, against others who choose, or to win allies."""

"""Studies around plans told: coalition, patron, atlas."""

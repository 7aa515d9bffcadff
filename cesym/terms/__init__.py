"""Floor 1: what a formula is. SymPy terms of a whitelist, declarations, conditions, derivatives."""

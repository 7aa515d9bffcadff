"""Floor 2: text becomes terms. Plain formulas, LaTeX, pages; errors carry line and column."""

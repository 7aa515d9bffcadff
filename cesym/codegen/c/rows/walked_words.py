def comment(found): return "/* */"

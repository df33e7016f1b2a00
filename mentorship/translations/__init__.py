"""Languages and their catalogues: names, scripts, fallbacks, and what has been translated; no Flask."""

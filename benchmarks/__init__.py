"""The performance claims of the matching core, each runnable."""

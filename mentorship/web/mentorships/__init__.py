"""The page of a pair, its acts and messages."""

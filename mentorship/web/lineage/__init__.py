"""Who helped whom: her records, consent, thanks, and the picture."""

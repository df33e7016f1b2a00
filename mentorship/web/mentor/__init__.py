"""The mentor's pages: offer, asks, newcomers."""

"""The newcomer's pages: profile and request, suggestions, waiting."""

"""The landing page, home, and the pages anyone may read."""

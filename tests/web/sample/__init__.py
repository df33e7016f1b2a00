"""A page with every component, to test and to look at; it is not shipped."""

"""A small made-up community, to look at the service with people in it."""

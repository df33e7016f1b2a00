"""What is kept: the SQLAlchemy models, their constraints and the named queries."""

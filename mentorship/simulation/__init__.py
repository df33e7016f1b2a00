"""A simulated year: made-up people with temperaments, the real services, a clock of its own."""

"""The programme's rules, in the standard library alone: lifecycle, roles, deadlines, words."""

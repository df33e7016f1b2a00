"""What the programme does: one function per act, given a session; nothing here commits."""

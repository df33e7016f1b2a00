"""Her own account: settings, sessions, blocks, erasure."""

"""The commands; each module is loaded only when its command is called."""

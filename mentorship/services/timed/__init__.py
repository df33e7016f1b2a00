"""What time does: each act that can be due, with the rows it is due for."""

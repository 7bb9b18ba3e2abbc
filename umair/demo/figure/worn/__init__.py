"""What is worn on the head, drawn over it; accessories.py names them."""

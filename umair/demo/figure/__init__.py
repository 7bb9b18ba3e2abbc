"""How a character is drawn: head, hair, body, clothes. Content only: no painter's hand is known here."""

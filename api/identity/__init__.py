"""Who comes: passwords, access tokens, sessions of devices, partner clients, and what the guard is told of them."""

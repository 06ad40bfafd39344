"""What a username, a secret and a field must be: rules as data, and where they come from."""

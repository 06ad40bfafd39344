"""Resources as JSON: answers of the API, lists of objects, and an object per line."""

"""Resources as JSON: answers of the API, lists of objects, or one object per line."""

"""Parts of forms that stock widgets do not have, each beside its script."""

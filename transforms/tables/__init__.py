"""Every table declared once: types, keys, bounds, comments, row rules."""

"""Excel workbooks: checked before they are opened, every cell as text."""

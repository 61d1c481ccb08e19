"""A codex as it lies on the disk: its files, and what Git tells of them."""

"""The command `codex`, for those who write and keep a codex."""

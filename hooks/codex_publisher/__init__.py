"""Codex Publisher: turns a Git repository of Markdown notes into a browsable site."""

__version__ = "0.1.0"

"""The site: from the codex to views, from views to pages. The only room that knows MkDocs."""

"""The codex itself: notes, names, links, relations, facets and problems. No MkDocs, no HTML."""

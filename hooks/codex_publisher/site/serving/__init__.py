"""`mkdocs serve`: an edited note is shown at once, and all that follows from it as soon as it is looked at.

MkDocs' server calls its builder when a file has changed, which builds the whole site anew. Here the builder
only reads what has changed and connects the notes (`refresh.py`). From then on every page is stale. Whoever
asks for one gets it made anew first (`application.py`, `served.py`), while a thread brings up all others
(`catching_up.py`), and what is not a page. Where more than notes has changed, the whole site is built.
"""

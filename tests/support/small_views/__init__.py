"""One small view of each sort, in which there is something in every place."""

from __future__ import annotations

from codex_publisher.site.views import View
from support.small_views.lists import LISTS
from support.small_views.notes import NOTES
from support.small_views.overviews import OVERVIEWS

VIEWS: dict[str, View] = {**NOTES, **LISTS, **OVERVIEWS}

"""Stories: articles of different wording about one event, over sources, scripts and nights.

`story_terms` reads what an event could be known by out of each article; from there on only such keys are looked at. A
day's articles are linked with each other and with those of the three days before (`story_links`), bundled by day
(`story_bundles`), and each bundle carries on the earlier one it is closest to (`stories`).
"""

from transforms.stories.bundles import story_bundles
from transforms.stories.days import story_days
from transforms.stories.links import story_links
from transforms.stories.terms import story_terms
from transforms.stories.threads import stories

__all__ = ["stories", "story_bundles", "story_days", "story_links", "story_terms"]

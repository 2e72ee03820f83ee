-- The history of every article, worked out once a release.
from core.article_versions

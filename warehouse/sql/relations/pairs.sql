-- The pairs of which one document speaks for an article of the region.
from voiced

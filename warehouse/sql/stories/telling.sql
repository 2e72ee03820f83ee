-- core.story_articles, worked out once for all stages of stories: no article comes, goes or moves while they are at work.
--
-- Fills   telling (document_id, article_id, voice_id, first_night, story_on).
create or replace temp table telling as
from core.story_articles

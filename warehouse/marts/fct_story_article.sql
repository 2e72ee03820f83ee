-- What ties an article to its story: the other article of the story it has most in common with.
with
ties as (
    select document_id, other_document_id as tied_document_id, score, evidence
    from core.story_links
    where score > 0
    union all
    select other_document_id, document_id, score, evidence
    from core.story_links
    where score > 0
)

select
    key_of(mine.article_id) as article_key,
    key_of(mine.story_id) as story_key,
    key_of(theirs.article_id) as tied_article_key,
    ties.score / 10000 as score,
    ties.evidence
from ties
join core.stories as mine on mine.document_id = ties.document_id
join core.stories as theirs on theirs.document_id = ties.tied_document_id and theirs.story_id = mine.story_id
qualify row_number() over (partition by mine.article_id order by ties.score desc, theirs.article_id) = 1

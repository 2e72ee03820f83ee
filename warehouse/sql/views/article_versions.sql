-- SCD2 history as a function of the documents and their nights: whoever was best among the copies known by a night and
-- not taken back by then was published that night. Any order of arrival gives the same history.
with
members as (
    select
        copies.article_id,
        copies.document_id,
        copies.survivor_rank,
        copies.retracted_night,
        accepted.night,
        accepted.source_id,
        accepted.natural_id,
        accepted.title_hans,
        accepted.char_count
    from core.copies as copies
    join core.dated_documents as accepted using (document_id)
),

-- Nights on which something may have changed.
moments as (
    select article_id, night from members
    union
    select article_id, greatest(night, retracted_night) from members where retracted_night is not null
),

-- Who stood for the article after each of them; if nobody did, who would have.
standing as (
    select
        moments.article_id,
        moments.night,
        members.* exclude (article_id, night, retracted_night),
        coalesce(members.retracted_night <= moments.night, false) as is_withdrawn
    from moments
    join members on members.article_id = moments.article_id and members.night <= moments.night
    qualify row_number() over (
        partition by moments.article_id, moments.night order by is_withdrawn, members.survivor_rank
    ) = 1
),

changes as (
    select *
    from standing
    qualify (document_id, is_withdrawn) is distinct from lag((document_id, is_withdrawn)) over (
        partition by article_id order by night
    )
    and not (is_withdrawn and lag(is_withdrawn, 1, false) over (partition by article_id order by night))
),

numbered as (
    select
        *,
        row_number() over history as version,
        lag(source_id) over history as earlier_source_id,
        lag(natural_id) over history as earlier_natural_id,
        lead(night) over history as following_night
    from changes
    window history as (partition by article_id order by night)
)

select
    article_id,
    version::INTEGER as version,
    document_id,
    title_hans,
    char_count,
    case
        when is_withdrawn then 'retracted'
        when version = 1 then 'new'
        when natural_id = earlier_natural_id and source_id = earlier_source_id then 'corrected'
        else 'survivor_changed'
    end as change,
    night as valid_from_night,
    case when is_withdrawn then night else following_night end as valid_to_night,
    not is_withdrawn and following_night is null as is_current
from numbered

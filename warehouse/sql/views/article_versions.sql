-- SCD2 history as a function of the documents and their nights: whoever was best among the copies known by a night
-- was published that night. Any order of arrival gives the same history.
with
members as (
    select
        copies.article_id,
        copies.document_id,
        copies.survivor_rank,
        accepted.night,
        accepted.source_id,
        accepted.natural_id,
        accepted.title_hans,
        accepted.char_count
    from core.copies as copies
    join core.accepted_documents as accepted using (document_id)
),

best_by_night as (
    select *
    from members
    qualify survivor_rank = min(survivor_rank) over (
        partition by article_id order by night
        range between unbounded preceding and current row
    )
    and row_number() over (partition by article_id, night order by survivor_rank) = 1
),

numbered as (
    select
        *,
        row_number() over history as version,
        lag(source_id) over history as earlier_source_id,
        lag(natural_id) over history as earlier_natural_id,
        lead(night) over history as valid_to_night
    from best_by_night
    window history as (partition by article_id order by night)
)

select
    article_id,
    version::INTEGER as version,
    document_id,
    title_hans,
    char_count,
    case
        when version = 1 then 'new'
        when natural_id = earlier_natural_id and source_id = earlier_source_id then 'corrected'
        else 'survivor_changed'
    end as change,
    night as valid_from_night,
    valid_to_night,
    valid_to_night is null as is_current
from numbered

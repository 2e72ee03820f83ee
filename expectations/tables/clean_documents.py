"""What must hold of core.clean_documents as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """Cuts stay inside their document and leave news behind."""
    return [*_of_spans(), *_of_days()]


def _of_spans() -> list[Expectation]:
    """Every cut and repair is where it says, and a source is not all noise."""
    return [
        fail_rows(
            "spans not as long as their text",
            "a cut ends after it begins and is as long as its text",
            """
                select * from (select document_id, unnest(removed, recursive := true) from {batch})
                where end_offset <= start_offset or end_offset - start_offset <> length(text)
            """,
            of_rows=True,
        ),
        fail_rows(
            "repairs not as long as the text before",
            "a repair stands where it says it stands",
            """
                select * from (select document_id, unnest(repairs, recursive := true) from {batch})
                where end_offset < start_offset or end_offset - start_offset <> length(before)
            """,
            of_rows=True,
        ),
        warn_rows(
            "sources whose cleaner takes more than it leaves",
            "a cleaner that takes more than half of a source may be eating news",
            """
                with cut as (
                    select
                        source_id,
                        length(body_original) as kept,
                        list_sum(list_transform(
                            list_filter(removed, lambda span: span.category not in ('whitespace', 'pinyin', 'html')),
                            lambda span: length(span.text)
                        )) as cut
                    from {batch}
                )
                select source_id from cut
                group by source_id
                having count(*) >= 20 and sum(coalesce(cut, 0)) > sum(kept)
            """,
        ),
    ]


def _of_days() -> list[Expectation]:
    """What is published was written on a day that can be."""
    return [
        warn_rows(
            "publication days after the night",
            "an article is not published after the night that brought it in",
            """
                select document_id from {batch} where published_on > night + 2
            """,
            of_rows=True,
        ),
        warn_rows(
            "publication days before 1990",
            "web news is younger than the web; an older date is usually misread",
            """
                select document_id from {batch} where published_on < DATE '1990-01-01'
            """,
            of_rows=True,
        ),
    ]

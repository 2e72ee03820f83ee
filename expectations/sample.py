"""Documents that stand for all: a fault of a rule shows in some of any thousand, and finding a place in a text is dear."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import warn_rows

# A place in a text is found by counting from its first letter: each of the hundred thousand figures of a book would cost
# all of it. So many letters are more than nearly any article has, and of a book they stand for the rest.
BEGINNING = 50_000
# The same documents in every run, whatever their order; asked by row number, so that no other text is read.
LOOKED_UP = f"""(
                    select
                        document_id,
                        body_hans,
                        left(body_hans, {BEGINNING}) as beginning,
                        length(body_hans) > {BEGINNING} as is_book
                    from core.canonical_documents
                    where rowid in (
                        select rowid from core.canonical_documents order by hash(document_id) limit 1000
                    )
                )"""


def where_they_say(things: str, key: str, text: str, start: str, end: str, in_body: str = "true") -> Expectation:
    """Warns of `things` of the sample, told apart by their `key`, whose `text` the body has not between `start` and `end`.

    All but `things` are SQL about columns of the table; `in_body` says which rows have a place in the body.
    """
    return warn_rows(
        f"{things} that are not where they say",
        "offsets are literal: the body holds this text at this place",
        f"""
            select document_id, {key}
            from {{batch}}
            join {LOOKED_UP} as documents using (document_id)
            where {in_body}
                and ({end} <= {BEGINNING} or not documents.is_book)
                and substr(documents.beginning, {start} + 1, {end} - ({start})) <> {text}
        """,
        of_rows=True,
    )

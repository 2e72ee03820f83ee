"""What must hold of core.canonical_documents as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows
from expectations.trailing import USUAL_SHARE
from transforms.lines import FREQUENT_TRADITIONAL
from transforms.pii import other_numbers

# Stands for a colon, behind which SQLAlchemy takes a word for the name of a parameter.
COLON = "\ue0f2"


def _in_query(pattern: str) -> str:
    """A pattern as a value in a query that is still to be formatted, and to go through SQLAlchemy."""
    literal = pattern.replace("{", "{{").replace("}", "}}").replace(":", COLON)
    return f"replace('{literal}', '{COLON}', chr(58))"


EMAIL = _in_query(other_numbers.SHOWN_EMAIL)
MOBILE = _in_query(other_numbers.MOBILE)
PHONE = _in_query(other_numbers.SHOWN_PHONE)
OTHER = _in_query(other_numbers.OTHER_NUMBER)


def expectations() -> list[Expectation]:
    """The canonical text is one script and carries no personal data; sources stay what they are."""
    return [*_of_texts(), _of_scripts(), _of_held_back()]


def _of_texts() -> list[Expectation]:
    """What holds of every text."""
    return [
        fail_rows(
            "personal data in a title or body",
            "no e-mail address or mobile number may be published",
            rf"""
                select document_id from {{batch}}
                where contains(body_hans, '@') and regexp_matches(body_hans, {EMAIL})
                union all
                select document_id from {{batch}}
                where regexp_matches(body_hans, {MOBILE})
                    and regexp_matches(regexp_replace(body_hans, {OTHER}, '\1', 'g'), {PHONE})
                union all
                select document_id from {{batch}}
                where regexp_matches(title_hans, {EMAIL})
                    or regexp_matches(regexp_replace(title_hans, {OTHER}, '\1', 'g'), {PHONE})
            """,
            of_rows=True,
        ),
        warn_rows(
            "Traditional sentences in a Simplified body",
            "a canonical body with three common Traditional characters in one clause was not converted; one alone may be of a name",
            rf"""
                select document_id from {{batch}}
                where regexp_matches(body_hans, '{FREQUENT_TRADITIONAL}')
                    and regexp_matches(body_hans, '({FREQUENT_TRADITIONAL}[^。！？；，、\n]{{{{0,12}}}}){{{{3}}}}')
            """,
            of_rows=True,
        ),
    ]


def _of_scripts() -> Expectation:
    """A source writes the script it is used to."""
    return warn_rows(
        "sources whose script changed",
        "a source that writes the other script tonight was moved, mirrored or misread",
        """
            with shares as (
                select source_id, night, avg((script = 'Hant')::INTEGER) as hant, count(*) as documents
                from {batch}
                group by all
            ),
            usual as (
                select source_id, median(hant) as hant
                from shares
                where night < (select max(night) from {batch})
                group by source_id
                having count(*) >= 3
            )
            select source_id
            from shares join usual using (source_id)
            where shares.night = (select max(night) from {batch}) and shares.documents >= 20
                and abs(shares.hant - usual.hant) > 0.5
        """,
    )


def _of_held_back() -> Expectation:
    """Of a source no more is held back than usual."""
    return warn_rows(
        "sources much of which is held back",
        "when more than a fifth of a source is held back, and twice what is usual, its form has changed or a rule is wrong",
        f"""
            with nightly as (
                select records.source_id, records.night, count(*) as records,
                    avg((accepted.document_id is null)::INTEGER) as share
                from raw.records as records
                left join raw.documents as documents using (record_id)
                left join {{batch}} as accepted on accepted.document_id = documents.document_id
                where not coalesce(documents.is_retraction, false)
                group by all
            ),
            {USUAL_SHARE}
            select nightly.source_id, nightly.share, usual.share as usual_share
            from nightly
            join latest using (night)
            left join usual using (source_id)
            where nightly.records >= 20 and nightly.share > 0.2 and nightly.share > 2 * coalesce(usual.share, 0)
        """,
    )

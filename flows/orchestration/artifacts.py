"""What a night leaves on Prefect's page: tables of stages and of rows held back, the way to the report, progress, assets."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.settings import Home
from warehouse import release

if TYPE_CHECKING:
    from prefect.assets import Asset

    from flows.night import Course

Progress = Callable[[str, float, str], None]
# A stage shorter than this needs no bar on a page; one that is longer moves it this often.
PACE_SECONDS = 10.0


def leave(course: Course) -> None:
    """Tables of the stages and of what was held back, and the way to the report."""
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    create_table_artifact(table=stage_table(course), key="stages", description="What each stage did")
    create_table_artifact(table=quarantine_table(course), key="quarantine", description="Rows held back this night")
    place = course.home.releases / str(course.outcome.release_id)
    create_markdown_artifact(
        markdown=f"[report of {place.name}]({(place / 'report.html').as_uri()})\n\n`{place / 'warehouse.duckdb'}`\n",
        key="report",
        description=f"Release {place.name}, {course.outcome.state}",
    )


def stage_table(course: Course) -> list[dict[str, Any]]:
    """One row a stage."""
    return [report.told(digits=2) for report in course.outcome.stages]


def quarantine_table(course: Course) -> list[dict[str, Any]]:
    """One row per stage, reason and source of this night."""
    rows = course.store.rows(
        "select stage, reason_code, source_id, count(*) from ops.quarantine where night = $night group by all order by all",
        {"night": course.outcome.night},
    )
    return [dict(zip(("stage", "reason_code", "source_id", "rows"), row, strict=True)) for row in rows]


def assets(home: Home) -> list[Asset]:
    """Every published table as an asset of this home."""
    from prefect.assets import Asset, AssetProperties

    where = (home.current / "warehouse.duckdb").as_uri()
    # Prefect allows few characters in the key of an asset.
    name = re.sub(r"[^\w.-]", "-", home.root.name)
    return [
        Asset(
            key=f"wencang://{name}/{table.NAME.replace('.', '/')}",
            properties=AssetProperties(name=table.NAME, url=where, description=table.ABOUT),
        )
        for table in release.all_tables()
    ]


def with_progress(told: Progress) -> Progress:
    """Tell as before, and move a bar on Prefect's page for every stage that takes long."""
    bars: dict[str, UUID] = {}
    moved_at: dict[str, float] = {}

    def progress(stage: str, done: float, note: str) -> None:
        told(stage, done, note)
        began_at = moved_at.setdefault(stage, time.monotonic())
        if time.monotonic() - began_at < PACE_SECONDS and not (done >= 1 and stage in bars):
            return
        moved_at[stage] = time.monotonic()
        # A bar that cannot be drawn must not stop the work it stands for.
        with contextlib.suppress(Exception):
            draw(bars, stage, round(done * 100, 1))

    return progress


def draw(bars: dict[str, UUID], stage: str, percent: float) -> None:
    """Make or move the bar of a stage."""
    from prefect.artifacts import create_progress_artifact, update_progress_artifact

    if stage in bars:
        update_progress_artifact(bars[stage], progress=percent)
    else:
        made = create_progress_artifact(progress=percent, key=f"progress-{stage}", description=f"How far {stage} is")
        bars[stage] = UUID(str(made))

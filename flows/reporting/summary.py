"""What a run came to: the sentence it ends with, and the document `wencang run --json` prints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flows.reporting.wording import counted

if TYPE_CHECKING:
    from flows.night import Outcome


def document(outcome: Outcome) -> dict[str, Any]:
    """What `run --json` prints."""
    fates = outcome.fates
    return {
        "release_id": outcome.release_id,
        "run_id": outcome.run_id,
        "night": str(outcome.night),
        "state": outcome.state,
        "published": fates.get("published", 0),
        "duplicates": fates.get("duplicate", 0),
        "quarantined": fates.get("quarantined", 0),
        "internal_faults": sum(fault.units for fault in outcome.internal_faults),
        "rejected_files": fates.get("rejected_file", 0),
        "superseded": fates.get("superseded", 0),
        "records_in": sum(fates.values()),
        "known_files": outcome.known_files,
        "totals": outcome.totals,
        "warnings": outcome.warnings,
        "seconds": round(outcome.seconds, 3),
        "stages": [stage.told(digits=3) for stage in outcome.stages],
    }


def summary(outcome: Outcome) -> dict[str, Any]:
    """What the last line of a log tells of a run besides its sentence."""
    return {name: told for name, told in document(outcome).items() if name not in ("stages", "warnings", "totals")}


def sentence(outcome: Outcome) -> str:
    """The last line of a run: the release and the counts."""
    warned = f", {counted(len(outcome.warnings), 'warning')}" if outcome.warnings else ""
    if outcome.state == "unchanged":
        # What is refused is read again each night, as a later version might take it.
        refused = outcome.files - outcome.known_files
        again = f", {refused:,} rejected as before" if refused else ""
        return (
            f"Nothing new: {outcome.known_files:,} of {counted(outcome.files, 'file')} were known{again}{warned}, "
            f"release {outcome.release_id} stays ({outcome.seconds:.1f} s)."
        )
    fates = outcome.fates or outcome.totals
    told = document(replace(outcome, fates=fates))
    of = counted(told["records_in"], "new record" if outcome.fates else "known record")
    return (
        f"Release {outcome.release_id}: of {of} {told['published']:,} published, "
        f"{counted(told['duplicates'], 'duplicate')}, {told['superseded']:,} superseded, "
        f"{told['quarantined']:,} quarantined, {counted(told['rejected_files'], 'file')} rejected{warned} "
        f"({outcome.seconds:.1f} s)."
    )

"""Nothing under the GPL alone ships with the product."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
# Offered under another licence of our choice: MPL, Artistic.
DUAL = {"tld", "text-unidecode"}


def locked(lock: Path = LOCK) -> list[str]:
    """Every distribution of a lock."""
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """What a distribution says of its licence."""
    about = metadata.metadata(name)
    stated = [text[:200] for field in ("License-Expression", "License") for text in about.get_all(field) or []]
    return " ".join(stated + [c for c in about.get_all("Classifier") or [] if c.startswith("License")])


def test_no_gpl_in_the_product() -> None:
    bound = {
        name
        for name in locked()
        if name not in DUAL and re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", licence(name))
    }
    assert bound == set()


@pytest.mark.parametrize(("lock", "least"), [(LOCK, 100), (LOCK.with_name("requirements-ray.lock"), 10)])
def test_a_lock_names_hashes_and_no_hosts(lock: Path, least: int) -> None:
    text = lock.read_text(encoding="utf-8")
    assert len(locked(lock)) > least
    assert text.count("--hash=sha256:") >= len(locked(lock))
    assert "http" not in re.sub(r"httpx|httpcore|httptools|http[-_]\w+|aiohttp\w*|h11", "", text)

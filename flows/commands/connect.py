"""wencang connect: a ready, hardened connection recipe for a client."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from flows.endings import OK, emit
from flows.reporting import log
from flows.settings import Home
from warehouse import shelf

# What shuts a connection off from files, network, extensions and its own loosening; and bounds what it may take.
HARDENED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "2GB",
    "threads": "2",
    "lock_configuration": "true",
}
# The same for drivers, whose every property is text.
PROPERTIES = {"duckdb.read_only": "true", **HARDENED}


def connect(options: argparse.Namespace, home: Home) -> int:
    """Print the recipe; its text is the result."""
    path = str(home.current / shelf.FILE)
    if not home.current.exists():
        log.say("warning", f"nothing is published in {home.root} yet; `wencang run` makes what this opens")
    text = RECIPES[options.client](path)
    if options.json:
        emit({"for": options.client, "path": path, "recipe": text})
    else:
        print(text)
    return OK


def python(path: str) -> str:
    """Runnable code that leaves an open connection in `connection`."""
    return f"import duckdb\n\nconnection = duckdb.connect(\n    {path!r},\n    read_only=True,\n    config={HARDENED!r},\n)"


def superset(path: str) -> str:
    """The SQLAlchemy URI and the `extra` JSON."""
    extra = {"engine_params": {"connect_args": {"read_only": True, "config": HARDENED}}}
    return f"duckdb:///{path}\n{json.dumps(extra, indent=2)}"


def metabase(path: str) -> str:
    """Fields of the DuckDB driver's form."""
    return f"Database file: {path}\nRead only: yes\nAdditional DuckDB settings:\n{settings()}"


def jdbc(path: str) -> str:
    """A JDBC URL with its properties."""
    properties = ";".join(f"{name}={value}" for name, value in PROPERTIES.items())
    return f"jdbc:duckdb:{path};{properties}"


def node(path: str) -> str:
    """Runnable JavaScript for @duckdb/node-api."""
    options = json.dumps({"access_mode": "READ_ONLY", **HARDENED}, indent=2)
    return (
        'import { DuckDBInstance } from "@duckdb/node-api";\n\n'
        f"const instance = await DuckDBInstance.create({json.dumps(path)}, {options});\n"
        "const connection = await instance.connect();"
    )


def harlequin(path: str) -> str:
    """A command line."""
    return f"harlequin --read-only {json.dumps(path)}"


def dbeaver(path: str) -> str:
    """Path and driver properties of a DuckDB connection."""
    properties = "\n".join(f"{name} = {value}" for name, value in PROPERTIES.items())
    return f"Path: {path}\nDriver properties:\n{properties}"


def excel(path: str) -> str:
    """The command that writes files Excel reads as they are."""
    return f"wencang export --format csv --home {shlex.quote(str(Path(path).parents[1]))} OUT"


def settings() -> str:
    """The hardening as SQL, for clients that take SET statements."""
    return "\n".join(f"SET {name} = '{value}';" for name, value in HARDENED.items())


RECIPES = {
    "python": python,
    "superset": superset,
    "metabase": metabase,
    "jdbc": jdbc,
    "node": node,
    "harlequin": harlequin,
    "dbeaver": dbeaver,
    "excel": excel,
}

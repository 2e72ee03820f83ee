"""Real clients open the published file: older DuckDBs, Node, Superset, Harlequin. Run by `make clients`.

Every client is installed into a folder of its own below $WENCANG_CLIENTS; without that variable nothing here runs,
because it needs a package registry and some minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, Answer, night, wencang
from warehouse import questions, release

ENVIRONMENTS = os.environ.get("WENCANG_CLIENTS")
pytestmark = [
    pytest.mark.clients,
    pytest.mark.skipif(ENVIRONMENTS is None, reason="clients are installed and tried by `make clients`"),
]
HERE = Path(__file__).resolve().parent
SUPERSET = ["apache-superset==6.1.0", "flask-caching==2.3.1", "cachetools", "duckdb==1.5.6", "duckdb-engine==0.17.0"]
PUBLISHES = 50


def environment(name: str, *packages: str) -> Path:
    """The interpreter of an environment that holds these packages; made once."""
    folder = Path(ENVIRONMENTS or "") / name
    python, ready = folder / "bin" / "python", folder / ".ready"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    if not ready.exists():
        subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, str(folder)], check=True)
        subprocess.run([*uv, "pip", "install", "--python", str(python), *packages], check=True)
        ready.touch()
    return python


def recipe(client: str, home: Path) -> str:
    """What `wencang connect --for` prints."""
    return wencang("connect", "--for", client, home=home).out


def check(seen: dict[str, Any], home: Path, here: dict[str, Any]) -> None:
    """A client sees what this version of DuckDB sees, and cannot do what it must not."""
    assert seen["tables"] == sorted(table.NAME for table in release.all_tables())
    assert seen["uncommented"] == []
    assert {name: len(rows) for name, rows in seen["answers"].items()} == {
        name: len(rows) for name, rows in here["answers"].items()
    }
    assert seen["search"] == here["search"]
    assert len(seen["refused"]) == 3


@pytest.fixture(scope="module")
def here(sample_run: tuple[Path, Answer]) -> dict[str, Any]:
    """What the DuckDB of this project sees."""
    done = [sys.executable, str(HERE / "probe.py"), recipe("python", sample_run[0]), str(questions.FOLDER)]
    return dict(json.loads(subprocess.run(done, check=True, capture_output=True, text=True).stdout))


@pytest.mark.parametrize("version", ["1.3.2", "1.4.4", "1.5.6"])
def test_older_duckdbs_read_it(version: str, sample_run: tuple[Path, Answer], here: dict[str, Any]) -> None:
    python = environment(f"duckdb-{version}", f"duckdb=={version}")
    asked = [str(python), str(HERE / "probe.py"), recipe("python", sample_run[0]), str(questions.FOLDER)]
    seen = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    assert seen["version"] == version
    assert seen["answers"] == here["answers"]
    check(seen, sample_run[0], here)


@pytest.mark.skipif(shutil.which("npm") is None, reason="Node is not here")
def test_node_reads_it(sample_run: tuple[Path, Answer], here: dict[str, Any]) -> None:
    folder = Path(ENVIRONMENTS or "") / "node"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules").exists():
        (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "@duckdb/node-api@1.5.6-r.1"], cwd=folder, check=True)
    script = folder / "probe.mjs"
    script.write_text(recipe("node", sample_run[0]) + (HERE / "probe.mjs").read_text("utf-8"), encoding="utf-8")
    done = subprocess.run(
        ["node", str(script), str(questions.FOLDER)], cwd=folder, check=True, capture_output=True, text=True
    )
    seen = json.loads(done.stdout)
    assert seen["version"] == "v1.5.6"
    check(seen, sample_run[0], here)


def test_harlequin_opens_it(sample_run: tuple[Path, Answer]) -> None:
    python = environment("harlequin", "harlequin==2.17.0")
    look = f"""
from harlequin_duckdb import DuckDbAdapter
connection = DuckDbAdapter(conn_str=({str(sample_run[0] / "current" / "warehouse.duckdb")!r},), read_only=True).connect()
[database] = connection.get_catalog().items
[marts] = [schema for schema in database.fetch_children() if schema.label == "marts"]
found = connection.execute("select count(*) from marts.search('機器人')").fetchall()
print(database.label, len(marts.fetch_children()), found[0][0])
"""
    done = subprocess.run([str(python), "-c", look], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["warehouse", str(len(release.marts.TABLES) + len(release.marts.VIEWS)), "2"]


def test_superset_keeps_answering_through_publishes(sample_run: tuple[Path, Answer], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_run[0], home, symlinks=True)
    python = environment("superset", *SUPERSET)
    superset = subprocess.Popen(
        [str(python), str(HERE / "superset_probe.py"), recipe("superset", home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env=os.environ
        | {"SUPERSET_SECRET_KEY": "not a secret, only long enough to pass", "SUPERSET_HOME": str(tmp_path)},
    )
    assert superset.stdin is not None
    assert superset.stdout is not None
    try:
        # Superset logs to stdout; what it sees is the one line that is a document.
        seen = next(json.loads(line) for line in superset.stdout if line.startswith('{"schemas"'))
        assert {"marts", "meta"} <= {name.rpartition(".")[2] for name in seen["schemas"]}
        assert {t.NAME.partition(".")[2] for t in release.marts.TABLES} <= set(seen["tables"])
        assert seen["table_comment"] == release.marts.FctArticle.ABOUT
        assert all(comment for _, _, comment in seen["columns"])
        assert seen["refuses_files"]
        for number in range(PUBLISHES):
            article = tmp_path / f"notice-{number}.txt"
            article.write_text(
                f"第{number}号通知\n县文化馆第{number}期剪纸班今天开课，{number + 20}名学员到场。", "utf-8"
            )
            outcome = night(home, article)
            superset.stdin.write("\n")
            superset.stdin.flush()
            articles, release_id = json.loads(superset.stdout.readline())
            assert release_id == outcome.release_id
            assert int(articles) == outcome.totals["published"]
    finally:
        superset.stdin.close()
        superset.wait(timeout=60)

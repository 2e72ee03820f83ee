"""Other deduplicators on the same corpus: `python benchmarks/dedup_peers.py CORPUS HOME`.

CORPUS and HOME as for dedup.py; every peer is given the canonical texts of HOME, so that neither noise nor script
counts against it. Each is installed into an environment of its own below the temporary folder. Two documents a peer
calls similar are one article, chains included, as these tools are used.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# name: (package, similarity threshold)
PEERS = {
    "datasketch 0.7": ("datasketch==2.0.0", 0.7),
    "datasketch 0.5": ("datasketch==2.0.0", 0.5),
    "rensa 0.7": ("rensa==0.5.0", 0.7),
    "rensa 0.5": ("rensa==0.5.0", 0.5),
    "gaoya 0.5": ("gaoya==0.2.2", 0.5),
}
GRAM, PERMUTATIONS = 4, 128
Texts = list[tuple[str, str]]


def grams(text: str) -> list[str]:
    """The distinct character 4-grams: Chinese has no spaces to split at."""
    text = "".join(text.split())
    return sorted({text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1))})


def datasketch(texts: Texts, threshold: float) -> Iterator[tuple[str, str]]:
    """MinHash LSH, candidates checked by their estimated similarity."""
    peer: Any = importlib.import_module("datasketch")
    index, known = peer.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), dict[str, Any]()
    for name, text in texts:
        sketch = known[name] = peer.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        yield from ((name, other) for other in index.query(sketch) if sketch.jaccard(known[other]) >= threshold)
        index.insert(name, sketch)


def rensa(texts: Texts, threshold: float) -> Iterator[tuple[str, str]]:
    """The same in Rust, with the bands its README shows."""
    peer: Any = importlib.import_module("rensa")
    index = peer.RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)
    known: list[Any] = []
    for number, (name, text) in enumerate(texts):
        sketch = peer.RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(grams(text))
        for other in index.query(sketch):
            if sketch.jaccard(known[other]) >= threshold:
                yield name, texts[other][0]
        index.insert(number, sketch)
        known.append(sketch)


def gaoya(texts: Texts, threshold: float) -> Iterator[tuple[str, str]]:
    """MinHash LSH that keeps the texts and cuts them itself."""
    peer: Any = importlib.import_module("gaoya.minhash")
    index = peer.MinHashStringIndex(
        hash_size=32, jaccard_threshold=threshold, num_bands=40, band_size=3, num_hashes=120,
        analyzer="char", lowercase=True, ngram_range=(GRAM, GRAM),
    )  # fmt: skip
    for number, (name, text) in enumerate(texts):
        yield from ((name, texts[other][0]) for other in index.query(text))
        index.insert_document(number, text)


def work(system: str, threshold: float, texts_file: Path) -> None:
    """In the peer's environment: print its clusters and what they cost."""
    texts: Texts = json.loads(texts_file.read_text("utf-8"))
    parent = {name: name for name, _ in texts}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    start = time.process_time()
    for one, two in globals()[system](texts, threshold):
        parent[root(one)] = root(two)
    seconds = time.process_time() - start
    print(json.dumps({"article_of": {name: root(name) for name in parent}, "seconds": seconds}))


def environment(package: str) -> Path:
    """The Python of an environment that holds the package, made on first use."""
    folder = Path(tempfile.gettempdir()) / "wencang-peers" / package
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", package], check=True)
    return python


def main(corpus: Path, home: Path) -> None:
    """Measure every peer, print a table, keep the results beside our own."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks import dedup_truth

    rows = dedup_truth.documents(home).select("document_id", "body_hans").rows()
    named = dedup_truth.names(corpus, home)
    print(f"{'':16} {'recall':>7} {'worst':>7} {'precision':>10} {'siblings merged':>16} {'ms':>7}")
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.json"
        texts.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        for name, (package, threshold) in PEERS.items():
            order = [environment(package), __file__, "work", package.partition("=")[0], str(threshold), texts]
            said = json.loads(subprocess.run(list(map(str, order)), check=True, capture_output=True).stdout)
            result = dedup_truth.score(corpus, named, said["article_of"])
            result |= {"documents": len(rows), "ms": round(1000 * said["seconds"] / len(rows), 4)}
            found = result["recall"].values()
            print(
                f"{name:16} {sum(found) / len(found):7.3f} {min(found):7.3f} {result['precision']:10.4f} "
                f"{result['siblings_merged']:9} of {result['siblings']:3} {result['ms']:7.3f}"
            )
            dedup_truth.remember(name, result)


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))

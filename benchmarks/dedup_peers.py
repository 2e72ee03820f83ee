"""Other deduplicators on the same corpus: `python benchmarks/dedup_peers.py CORPUS HOME [SYSTEM…]`.

CORPUS and HOME as for dedup.py; every peer is given the canonical texts of HOME, so that neither noise nor script
counts against it. Each is installed into an environment of its own (environments.py). Two documents a peer calls similar
are one article, chains included, as these tools are used. bench.py measures the same peers on corpora of growing size.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pickle
import resource
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEXT_DEDUP = ("datasets==2.21.0", "numpy<2", "pyarrow<20", "scipy", "tqdm", "rich", "setuptools<81")
# {system: (its packages, those of them installed without what they ask for)}. text-dedup 0.4 wants a newer Python; 0.3.1
# runs on libraries newer than those it pins.
PACKAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "datasketch": (("datasketch==2.0.0",), ()),
    "rensa": (("rensa==0.5.0",), ()),
    "gaoya": (("gaoya==0.2.2",), ()),
    "datatrove": (("datatrove[processing]==0.10.1", "regex"), ()),
    "text_dedup": (TEXT_DEDUP, ("text-dedup==0.3.1",)),
}
# Each at the usual threshold, and at one low enough for copies that were cut or edited.
RUNS = [(system, threshold) for system in PACKAGES for threshold in (0.7, 0.5)]
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


def datatrove(texts: Texts, threshold: float) -> Iterator[tuple[str, str]]:
    """Signatures, then buckets, as its example pipeline has them; letters for words, 128 hashes in bands for this threshold."""
    stages: Any = importlib.import_module("datatrove.pipeline.dedup.minhash")
    document: Any = importlib.import_module("datatrove.data").Document
    base: Any = importlib.import_module("datatrove.utils.word_tokenizers").WordTokenizer
    cuts = ("word_tokenize", "sent_tokenize", "span_tokenize")

    def cut(_: Any, text: str) -> list[str]:
        return list("".join(text.split()))

    letters = type("Letters", (base,), dict.fromkeys(cuts, cut))
    importlib.import_module("loguru").logger.disable("datatrove")
    rows = {0.5: 4, 0.7: 8}[threshold]
    config = stages.MinhashConfig(n_grams=GRAM, num_buckets=PERMUTATIONS // rows, hashes_per_bucket=rows)
    with tempfile.TemporaryDirectory() as folder:
        signing = stages.MinhashDedupSignature(f"{folder}/signatures", config, language=letters("zh"))
        signing.run(document(text=text, id=name) for name, text in texts)
        for bucket in range(config.num_buckets):
            buckets = stages.MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/pairs", config=config)
            buckets.run(None, bucket, config.num_buckets)
        for file in Path(folder, "pairs").glob("*.dups"):
            for _, one, _, two in struct.iter_unpack("<4I", file.read_bytes()):
                yield texts[one][0], texts[two][0]


def text_dedup(texts: Texts, threshold: float) -> Iterator[tuple[str, str]]:
    """Its MinHash command on a folder of its own; it knows words of Latin letters alone, so every letter is spelt as one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spelt = (" ".join(f"{ord(letter):x}" for letter in text if not letter.isspace()) for _, text in texts)
        rows = ({"number": number, "text": text} for number, text in enumerate(spelt))
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "in.jsonl").write_text("".join(lines), "utf-8")
        order = (
            f"-m text_dedup.minhash --path json --data_files {folder}/in.jsonl --split train --cache_dir {folder}/cache"
            f" --output {folder}/out --column text --ngram {GRAM} --min_length 1 --threshold {threshold}"
            f" --num_perm {PERMUTATIONS} --debug"
        )
        subprocess.run([sys.executable, *order.split()], check=True, capture_output=True, cwd=folder)
        with (folder / "out" / "uf.pkl").open("rb") as file:
            found = pickle.load(file)
        yield from ((texts[one][0], texts[two][0]) for one, two in found.parent.items())


def clustered(texts: Texts, system: str, threshold: float) -> dict[str, str]:
    """{document: cluster} from the pairs a peer finds, chains included."""
    parent = {name: name for name, _ in texts}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, two in SYSTEMS[system](texts, threshold):
        parent[root(one)] = root(two)
    return {name: root(name) for name in parent}


SYSTEMS = {
    "datasketch": datasketch,
    "rensa": rensa,
    "gaoya": gaoya,
    "datatrove": datatrove,
    "text_dedup": text_dedup,
}


def spent() -> float:
    """CPU seconds of this process and of the children it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def work(system: str, threshold: float, texts_file: Path) -> None:
    """In the peer's environment: print its clusters and what they cost."""
    texts: Texts = json.loads(texts_file.read_text("utf-8"))
    start = spent()
    article_of = clustered(texts, system, threshold)
    print(json.dumps({"article_of": article_of, "seconds": spent() - start}))


def main(corpus: Path, home: Path, wanted: list[str]) -> None:
    """Measure every peer, or those wanted, print a table, keep the results beside our own."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks import dedup_truth, environments

    rows = dedup_truth.documents(home).select("document_id", "body_hans").rows()
    named = dedup_truth.names(corpus, home)
    print(f"{'':16} {'recall':>7} {'worst':>7} {'precision':>10} {'siblings merged':>16} {'ms':>7}")
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.json"
        texts.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        for system, threshold in RUNS:
            if wanted and system not in wanted:
                continue
            python = environments.python_with(*PACKAGES[system])
            order = [str(python), __file__, "work", system, str(threshold), str(texts)]
            said = json.loads(subprocess.run(order, check=True, capture_output=True).stdout.splitlines()[-1])
            result = dedup_truth.score(corpus, named, said["article_of"])
            result |= {"documents": len(rows), "ms": round(1000 * said["seconds"] / len(rows), 4)}
            found, name = result["recall"].values(), f"{system} {threshold}"
            print(
                f"{name:16} {sum(found) / len(found):7.3f} {min(found):7.3f} {result['precision']:10.4f} "
                f"{result['siblings_merged']:9} of {result['siblings']:3} {result['ms']:7.3f}",
                flush=True,
            )
            dedup_truth.remember(name, result)


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("corpus", type=Path)
        parser.add_argument("home", type=Path)
        parser.add_argument("systems", nargs="*", metavar="SYSTEM", help="default: all of " + ", ".join(PACKAGES))
        options = parser.parse_args()
        main(options.corpus, options.home, options.systems)

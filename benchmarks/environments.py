"""Each peer in an environment of its own, below the temporary folder, made on first use."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


class CannotBeMade(Exception):
    """The packages do not install on this Python."""


def python_with(packages: Sequence[str], bare: Sequence[str] = ()) -> Path:
    """The Python of an environment that holds the packages, those of `bare` without what they ask for.

    No packages: the Python at work. Raises CannotBeMade.
    """
    if not packages:
        return Path(sys.executable)
    name = hashlib.sha256("\n".join([sys.version, *packages, *bare]).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / "wencang-peers" / f"{packages[0].partition('=')[0].partition('[')[0]}-{name}"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet"]
        for order in ([*pip, *packages], [*pip, "--no-deps", *bare] if bare else []):
            done = subprocess.run(order or ["true"], capture_output=True, text=True, check=False)
            if done.returncode:
                raise CannotBeMade((done.stderr.strip().splitlines() or ["pip failed"])[-1])
        ready.touch()
    return python

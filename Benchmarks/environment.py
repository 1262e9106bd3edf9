"""A Python with the pinned packages a script needs, made on first use.

A script calls `enter(...)` before its third-party imports. That makes a virtual environment under
`.build/benchmarks/` (or `$DATAWALL_BENCH_WORK`) and starts the script again inside it.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.environ.get("DATAWALL_BENCH_WORK", os.path.join(ROOT, ".build", "benchmarks"))

TEXT = ["unicodedata2==16.0.0"]
NEAR = ["numpy==2.4.6", "unicodedata2==16.0.0", "xxhash==4.1.0"]
# datatrove's extra takes xxhash below 4.
NEAR_PEERS = [
    *(package for package in NEAR if not package.startswith("xxhash")), "xxhash==3.6.1",
    "datasketch==2.0.0", "datatrove[processing]==0.10.1", "orjson==3.13.0", "rensa==0.5.0", "spacy==3.8.18",
]
AUDIT = ["zstandard==0.25.0", "orjson==3.13.0", "xxhash==4.1.0", "PyYAML==6.0.3"]
PARQUET = ["pyarrow==26.0.1", "duckdb==2.0.1"]


def make(name, packages):
    """The Python of an environment that holds exactly the packages; makes it if it is not there."""
    digest = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    folder = os.path.join(WORK, f"python-{name}-{digest}")
    python = os.path.join(folder, "bin", "python")
    done = os.path.join(folder, "installed")
    if not os.path.exists(done):
        print(f"making a Python environment with {' '.join(packages)}", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
        open(done, "w").close()
    return python


def enter(name="audit", packages=AUDIT):
    """Runs the calling script inside the environment; returns at once when already there."""
    if os.environ.get("DATAWALL_BENCH_INSIDE") == name:
        return
    python = make(name, packages)
    os.environ["DATAWALL_BENCH_INSIDE"] = name
    os.execv(python, [python, *sys.argv])


def datawall(given=None):
    """The command under test: `--datawall`, else the release build of this checkout."""
    path = given or os.path.join(ROOT, ".build", "release", "datawall")
    if not os.access(path, os.X_OK):
        sys.exit(f"{path} is not there: run `make build`, or name the command with --datawall")
    return os.path.abspath(path)


def tool(name):
    """Where a release build of the package in Benchmarks has a program."""
    return os.path.join(ROOT, "Benchmarks", ".build", "release", name)

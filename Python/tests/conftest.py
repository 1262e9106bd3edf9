"""A small corpus, whose counts are known."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

# Programs that the tests start import the same package.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1] / "src")

DOCUMENTS = {
    "web": ["one text", "another text", "one text", "a third text, longer than the others"],
    "code": ["let x = 1", "let y = 2", "one text"],
}


def write_shards(folder: Path, documents: dict[str, list[str]] = DOCUMENTS) -> Path:
    for source, texts in documents.items():
        (folder / source).mkdir(parents=True)
        lines = (json.dumps({"text": text}) + "\n" for text in texts)
        (folder / source / "part.jsonl").write_text("".join(lines))
    return folder


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    return write_shards(tmp_path / "shards")

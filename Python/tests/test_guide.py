"""Runs the blocks of the guide, from top to bottom."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

PYTHON = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("page", ["GUIDE.md"])
def test_the_guide_runs_from_top_to_bottom(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", (PYTHON / page).read_text(), re.DOTALL)
    assert len(blocks) >= 6
    for number, block in enumerate(blocks, 1):
        wanted = [name for name in ("datasets", "datatrove", "pandas") if re.search(rf"(from|import) {name}\b", block)]
        if all(importlib.util.find_spec(name) for name in wanted):
            exec(compile(block, f"{page}, block {number}", "exec"), names)


def test_the_readme_shows_names_that_exist() -> None:
    import datawall as dw

    for name in re.findall(r"dw\.(\w+)", (PYTHON / "README.md").read_text() + (PYTHON / "GUIDE.md").read_text()):
        assert hasattr(dw, name), name

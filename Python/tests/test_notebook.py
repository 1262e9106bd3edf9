"""What a notebook shows of results."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import datawall as dw

# Elements that end where what contains them ends, without a tag of their own (HTML, section 13.1.2.4).
IMPLIED_ENDS = {"caption", "colgroup", "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"}


class Structure(HTMLParser):
    """Collects elements, and checks that they are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in ("br", "img", "path", "rect", "line", "circle", "polyline", "polygon", "use"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in IMPLIED_ENDS:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()


def test_a_notebook_shows_one_element_without_script_and_foreign_styles(shards: Path) -> None:
    audit = dw.audit(shards)
    for result in (audit, audit.plan(flops=1e16, unique_tokens="+1e9"), audit.mix(tokens="30", max_epochs=100)):
        shown = result._repr_html_()
        assert shown is not None and len(shown.encode()) <= 200_000
        structure = Structure()
        structure.feed(shown)
        assert structure.open == [] and "script" not in structure.seen and "svg" in structure.seen
        # Every rule is for the element alone.
        style = re.search(r"<style>(.*?)</style>", shown, re.DOTALL)
        assert style is not None
        rules = [line for line in style.group(1).strip().splitlines() if "{" in line and not line.startswith("@media")]
        assert all(line.startswith(".datawall-report") for line in rules)


def test_a_page_of_text_shows_what_the_command_printed(shards: Path, tmp_path: Path) -> None:
    audit = dw.audit(shards)
    assert "7 documents in 2 shards" in audit._repr_markdown_()
    audit.save(tmp_path / "audit.json")
    assert dw.load(tmp_path / "audit.json")._repr_markdown_() == f"```\n{audit.made_by}\n```"

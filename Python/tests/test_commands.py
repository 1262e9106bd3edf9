"""Audits, plans, mixtures and fits through the package."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import write_shards

import datawall as dw

ROOT = Path(__file__).resolve().parents[2]


def command() -> str:
    from datawall import _binary

    return _binary.command()


def test_an_audit_counts_unique_and_repeated_texts(shards: Path) -> None:
    audit = dw.audit(shards)
    assert (audit.totals.documents, audit.totals.units, audit.totals.unique_units) == (7, 7, 5)
    assert [source.name for source in audit.sources] == ["code", "web"]
    assert audit.complete and audit.level == "document"
    assert audit.overlap[0].sources == ["code", "web"]
    assert [bucket.from_ for bucket in audit.copies] == [1, 3]
    assert "7 documents in 2 shards" in audit.text


def test_a_saved_audit_is_the_commands_own_file(shards: Path, tmp_path: Path) -> None:
    audit = dw.audit(shards, text_key="text", top_copies=2)
    audit.save(tmp_path / "ours.json")
    theirs = tmp_path / "theirs.json"
    subprocess.run(
        [command(), "audit", str(shards), "--text-key=text", "--top-copies=2", "-o", str(theirs)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert (tmp_path / "ours.json").read_bytes() == theirs.read_bytes()
    assert audit.json == json.loads(theirs.read_text())


def test_the_line_of_a_result_makes_it_again(shards: Path, tmp_path: Path) -> None:
    plan = dw.audit(shards).plan(unique_tokens="+25e9", flops=1e22, law="muennighoff", target_loss=None)
    path = os.path.dirname(command()) + os.pathsep + os.environ["PATH"]
    again = subprocess.run(
        plan.command, shell=True, check=True, stdout=subprocess.PIPE, env={**os.environ, "PATH": path}
    )
    assert json.loads(again.stdout) == plan.json


def test_a_saved_audit_is_named_by_its_path(shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    audit = dw.audit("shards")
    audit.save("audit.json")
    plan = audit.plan(flops=1e16)
    assert plan.made_by == "datawall plan audit.json --flops=1e+16"
    assert dw.load("audit.json") == audit
    # A file that has changed since is not this audit.
    Path("audit.json").write_text("{}")
    assert audit.plan(flops=1e16).command.startswith("datawall audit shards --json | datawall plan - ")


def test_a_plan_recommends_one_run(shards: Path) -> None:
    plan = dw.plan(unique_tokens="25e9", flops=1e22, law=["muennighoff"])
    assert plan.recommended.parameters > 1e9
    assert plan.recommended.tokens / plan.recommended.unique_tokens == pytest.approx(plan.recommended.epochs)
    assert [point.epochs for point in plan.frontier] == sorted(point.epochs for point in plan.frontier)


def test_a_supply_may_be_a_frame() -> None:
    table = [
        {"source": "web", "unique_tokens": 9e9, "quality": 1.0},
        {"source": "code", "unique_tokens": 1e9, "quality": 2},
    ]
    mixture = dw.mix(table, tokens="20B", as_="dedup", weight={"web": 0.7, "code": 0.3})
    assert {row.source: row.weight for row in mixture.mixture} == {"web": 0.7, "code": 0.3}
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    for frame in (pandas.DataFrame(table), polars.DataFrame(table, strict=False)):
        assert dw.mix(frame, tokens="20B", weight={"web": 0.7, "code": 0.3}).json["mixture"] == mixture.json["mixture"]


def test_a_fit_returns_a_law_for_plans(tmp_path: Path) -> None:
    runs = ROOT / "Datasets" / "synthetic" / "runs.csv"
    fit = dw.fit(runs, law="chinchilla", bootstrap=0, backtest=False)
    assert fit.coefficients["alpha"].value == pytest.approx(fit.json["coefficients"]["alpha"]["value"])
    fit.save_law(tmp_path / "law.json")
    assert dw.plan(unique_tokens="25e9", flops=1e22, law=tmp_path / "law.json").law == "chinchilla-fitted"


def test_a_misspelt_option_fails_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATAWALL_BINARY", "/nowhere")
    with pytest.raises(TypeError, match=r"no option 'text_keys' for audit; did you mean text_key"):
        dw.audit("shards", text_keys="text")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="memory takes a value"):
        dw.audit("shards", memory=True)


def test_damage_raises_with_the_audit(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "shards")
    with open(folder / "web" / "part.jsonl", "a") as file:
        file.write('{"text": "cut')
    with pytest.raises(dw.DamagedError, match="damaged") as raised:
        dw.audit(folder)
    assert raised.value.code == 1
    assert raised.value.audit.totals.documents == 7
    assert not raised.value.audit.complete
    assert pickle.loads(pickle.dumps(raised.value)).audit == raised.value.audit
    assert dw.audit(folder, max_damaged=0.5).totals.documents == 7


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (lambda: dw.audit("/nowhere"), 66, "/nowhere"),
        (lambda: dw.audit("/nowhere", level="word"), 64, "one of 'document', 'paragraph' or 'line'"),
        (lambda: dw.plan(unique_tokens="25e9", flops="much"), 64, "much"),
        (lambda: dw.plan([{"source": "web"}], flops=1e22), 65, "unique_tokens"),
        (lambda: dw.load(__file__), 65, "not a file of datawall"),
    ],
)
def test_a_failure_carries_the_commands_sentence(call: object, code: int, said: str) -> None:
    with pytest.raises(dw.DatawallError, match=said) as raised:
        call()  # type: ignore[operator]
    assert raised.value.code == code
    assert "Traceback" not in str(raised.value)


def test_notes_are_warnings(tmp_path: Path) -> None:
    write_shards(tmp_path / "shards" / "deeper")
    with pytest.warns(dw.DatawallWarning, match="a source is a folder directly below"):
        dw.audit(tmp_path / "shards")


def test_progress_is_told_from_the_beginning_to_the_end(shards: Path, capfd: pytest.CaptureFixture[str]) -> None:
    moments: list[dw.Progress] = []
    audit = dw.audit(shards, progress=moments.append)
    size = sum(path.stat().st_size for path in shards.rglob("*.jsonl"))
    assert moments[-1].is_end and (moments[-1].done, moments[-1].total, moments[-1].unit) == (size, size, "B")
    assert moments[-1].documents == audit.totals.documents
    assert "--progress" not in audit.command
    with pytest.raises(ZeroDivisionError):
        dw.audit(shards, progress=lambda now: 1 / 0)
    dw.audit(shards, progress=True)
    assert capfd.readouterr().err


PROGRAM = """
import os, sys, datawall as dw
try:
    print("started", flush=True)
    dw.audit(sys.argv[1])
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def started(program: str, *arguments: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "started\n"
    return child


def readers(path: str) -> list[int]:
    """The processes that audit a path."""
    found = []
    for entry in os.listdir("/proc"):
        try:
            words = Path("/proc", entry, "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if path.encode() in words and b"audit" in words:
            found.append(int(entry))
    return found


def wait_until(condition: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_child_ends_with_an_interrupt_and_with_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    pipe = str(tmp_path / "endless.jsonl")
    os.mkfifo(pipe)
    child = started(PROGRAM, pipe)
    wait_until(lambda: readers(pipe))
    child.send_signal(number)
    output, _ = child.communicate(timeout=20)
    assert output == ("interrupted\n" if number == signal.SIGINT else "")
    wait_until(lambda: not readers(pipe))

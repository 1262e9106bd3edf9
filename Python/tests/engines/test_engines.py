"""Real engines on one machine: Slurm, Spark and Ray. `make test-engines` installs and starts them."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
from conftest import write_shards
from faults import KILL_COMMAND, KILL_EXECUTOR, KILL_PARENT, MACHINE_FAILED, Faults

import datawall as dw
from datawall.job import Job

pytestmark = pytest.mark.skipif("DATAWALL_ENGINES" not in os.environ, reason="make test-engines starts the engines")

SHARDS = 25


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


@pytest.fixture(scope="session")
def faults(home: Path) -> Faults:
    """The command that engines are given; a test may let it fail."""
    return Faults(home / "faults")


@pytest.fixture(scope="session")
def expected(home: Path, faults: Faults) -> Iterator[dict[str, bytes]]:
    """A corpus in the working directory, and the audits of one pass over it."""
    before, binary = Path.cwd(), os.environ.get("DATAWALL_BINARY")
    os.chdir(home)
    for number in range(SHARDS):
        source = ["web", "code", "wiki"][number % 3]
        words = [f"word{(number * 31 + place) % 97}" for place in range(60)]
        texts = [f"text {number * 40 + row} of 300" if row % 3 else f"text {row}" for row in range(200)]
        texts += [" ".join([*words, f"copy {number % 4} and row {row % 2}"]) for row in range(6)]
        write_shards(home / "shards" / source / f"{number}", {"documents": texts})
    os.environ["DATAWALL_BINARY"] = str(faults.path)
    audits: dict[str, bytes] = {}
    for name, options in OPTIONS.items():
        dw.audit("shards", **options).save(f"{name}.json")
        audits[name] = Path(f"{name}.json").read_bytes()
    yield audits
    os.chdir(before)
    if binary is not None:
        os.environ["DATAWALL_BINARY"] = binary


#: What is audited: exact copies, and near ones too.
OPTIONS: dict[str, Any] = {"exact": {}, "near": {"near": True}}
Run = Callable[[Job], Any]


@pytest.fixture(scope="session")
def spark(expected: dict[str, bytes]) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    session = builder.config("spark.log.level", "OFF").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def ray(expected: dict[str, bytes]) -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    # It fails where Ray's daemons take more than 30 s to start, as on a machine with much other work.
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    yield ray
    ray.shutdown()


@pytest.fixture
def slurm(expected: dict[str, bytes]) -> None:
    if shutil.which("sbatch") is None or subprocess.run(["sinfo"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no Slurm answers")


@pytest.fixture(params=["slurm", "spark", "ray"])
def run(request: pytest.FixtureRequest) -> Run:
    engine = request.getfixturevalue(request.param)
    if request.param == "slurm":
        from datawall import slurm

        return lambda job: slurm.run(job, poll=1)
    if request.param == "spark":
        from datawall import spark

        return lambda job: spark.run(engine, job)
    from datawall import ray

    return lambda job: ray.run(job)


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in request.node.name)


@pytest.mark.parametrize("kind", ["exact", "near"])
def test_an_engine_makes_the_audit_of_one_pass(run: Run, expected: dict[str, bytes], kind: str, folder: str) -> None:
    job = Job.create(folder, "shards", tasks=12, reducers=4 if kind == "exact" else 2, **OPTIONS[kind])
    run(job)
    assert Path(folder, "audit.json").read_bytes() == expected[kind]
    status = job.status()
    assert status.is_done and status.tasks_done == 12
    # The same line again has nothing left to do.
    assert run(job).json == json.loads(expected[kind])


@pytest.mark.parametrize("engine", ["spark", "ray"])
def test_an_engine_reads_urls_and_keeps_its_folder_behind_one(
    request: pytest.FixtureRequest, engine: str, expected: dict[str, bytes], folder: str
) -> None:
    session = request.getfixturevalue(engine)
    home = Path.cwd().as_uri()
    job = Job.create(f"{home}/{folder}", f"{home}/shards", tasks=4, reducers=2)
    audit = importlib.import_module(f"datawall.{engine}").run(*([session] if engine == "spark" else []), job)
    one = json.loads(expected["exact"])
    assert all(audit.json[name] == one[name] for name in ("totals", "sources", "copies", "overlap", "complete"))
    assert job.status().is_done


def test_an_engine_finishes_what_another_began(
    spark: Any, ray: Any, expected: dict[str, bytes], folder: str, faults: Faults
) -> None:
    import datawall.ray
    import datawall.spark

    job = Job.create(folder, "shards", tasks=5, reducers=2)
    faults.add("reduce", "echo 'datawall: refused' >&2; exit 65")
    with pytest.raises(dw.DatawallError, match=r"stage reduce, task [01]: refused") as raised:
        datawall.ray.run(job)
    assert raised.value.code == 65 and job.status().tasks_done == 5
    datawall.spark.run(spark, job)
    assert Path(folder, "audit.json").read_bytes() == expected["exact"]


FAULTS = {"command": KILL_COMMAND, "worker": KILL_PARENT, "machine": MACHINE_FAILED, "executor": KILL_EXECUTOR}


@pytest.mark.parametrize("stage", ["scan", "reduce", "merge"])
@pytest.mark.parametrize("fault", ["command", "worker", "machine"])
def test_ray_tries_again_what_died(
    ray: Any, expected: dict[str, bytes], folder: str, faults: Faults, stage: str, fault: str
) -> None:
    import datawall.ray

    taken = faults.taken
    faults.add(stage, FAULTS[fault])
    datawall.ray.run(Job.create(folder, "shards", tasks=3, reducers=2))
    assert faults.taken == taken + 1 and Path(folder, "audit.json").read_bytes() == expected["exact"]


@pytest.mark.parametrize("stage", ["scan", "reduce", "merge"])
@pytest.mark.parametrize("fault", FAULTS)
def test_spark_tries_again_what_died(
    spark: Any, expected: dict[str, bytes], folder: str, faults: Faults, stage: str, fault: str
) -> None:
    import datawall.spark

    taken = faults.taken
    faults.add(stage, FAULTS[fault])
    datawall.spark.run(spark, Job.create(folder, "shards", tasks=3, reducers=2))
    assert faults.taken == taken + 1 and Path(folder, "audit.json").read_bytes() == expected["exact"]


def test_spark_groups_the_same_texts(spark: Any, expected: dict[str, bytes]) -> None:
    documents = spark.read.option("recursiveFileLookup", "true").json("shards")
    groups = documents.groupBy("text").count()
    unique, total = groups.count(), groups.agg({"count": "sum"}).collect()[0][0]
    totals = json.loads(expected["exact"])["totals"]
    assert (unique, total - unique) == (totals["unique_units"], totals["units"] - totals["unique_units"])


DRIVER = """
import os, sys
from datawall import Job
job = Job.create(sys.argv[2], "shards", tasks=3, reducers=2)
open("driver.pid", "w").write(str(os.getpid()))
if sys.argv[1] == "ray":
    import ray as engine
    from datawall import ray
    engine.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    ray.run(job)
elif sys.argv[1] == "spark":
    from pyspark.sql import SparkSession
    from datawall import spark
    spark.run(SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate(), job)
else:
    from datawall import slurm
    slurm.run(job, poll=1)
"""


@pytest.mark.parametrize("stage", ["scan", "reduce", "merge"])
def test_a_driver_that_was_killed_goes_on_by_the_same_line(
    run: Run, request: pytest.FixtureRequest, expected: dict[str, bytes], folder: str, faults: Faults, stage: str
) -> None:
    engine = request.node.callspec.params["run"]
    faults.add(stage, 'kill -9 "$(cat driver.pid)"; sleep 1; exit 71')
    words = [sys.executable, "-c", DRIVER, engine, folder]
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0
    run(Job.load(folder))
    assert Path(folder, "audit.json").read_bytes() == expected["exact"]


def test_slurm_says_what_failed_and_goes_on(
    slurm: None, expected: dict[str, bytes], folder: str, faults: Faults
) -> None:
    from datawall import slurm as driver

    job = Job.create(folder, "shards", tasks=3, reducers=2)
    for stage in ("scan", "reduce", "merge"):
        faults.add(stage, MACHINE_FAILED)
        with pytest.raises(dw.DatawallError, match=r"the job has no audit: see .*logs"):
            driver.run(job, poll=1)
        assert any("no space left" in path.read_text() for path in Path(folder, "logs").glob(f"{stage}-*.log"))
    driver.run(job, poll=1)
    assert Path(folder, "audit.json").read_bytes() == expected["exact"]


def test_an_array_over_the_sites_limit_is_refused_by_slurm_and_never_made_by_itself(
    slurm: None, expected: dict[str, bytes], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from datawall import slurm as driver

    # The Slurm of these tests allows arrays of 8 tasks.
    job = Job.create(folder, "shards", tasks=12, reducers=1)
    with pytest.raises(dw.DatawallError, match=r"(?s)sbatch.*array"):
        driver.run(job, tasks_per_job=1)
    assert driver.run(job, dry_run=True) is None
    script = capsys.readouterr().out
    assert "#SBATCH --array=0-5" in script and "runs 2 of the 12 tasks" in script
    assert job.status().tasks_done == 0


def test_jobs_of_an_engine_leave_no_process_behind(expected: dict[str, bytes], faults: Faults) -> None:
    deadline = time.monotonic() + 20
    while True:
        found = subprocess.run(
            ["pgrep", "-f", f"datawall (scan|merge) .*{Path.cwd()}"], capture_output=True, text=True, check=False
        )
        if not found.stdout:
            break
        assert time.monotonic() < deadline, found.stdout
        time.sleep(0.2)

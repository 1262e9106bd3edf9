"""Runs a job on Ray: each command is a Ray task."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib
import io
import os
import zipfile
from typing import Any, Dict, List, Tuple

from . import _binary
from .job import Job, Outcome, raise_failures
from .results import Audit


def run(job: Job, **options: Any) -> Audit:
    """Runs what is left of a job on the cluster that `ray.init` named, and returns the audit.

    All nodes must see the job's folder and its shards under the same paths. Nodes need no package: this sends them the
    command and this package. Retries are safe, since each try has a folder of its own. Run the same line again to go on
    after a failure. `options` are those of a Ray function, such as `num_cpus=2` or `max_retries=5`.
    """
    ray: Any = importlib.import_module("ray")
    binary = _binary.command()
    packed, digest = _packed(binary, os.stat(binary).st_mtime_ns)
    name = f"datawall-{os.getuid()}-{digest}"

    # Ray sends a function inside a function by its value, so it must import all that it needs.
    def run_on_node(archive: List[Any], task: Dict[str, Any], root: str) -> Tuple[Any, ...]:
        import importlib
        import io
        import os
        import shutil
        import sys
        import tempfile
        import zipfile

        def is_own(path: str) -> bool:
            return os.path.isdir(path) and os.stat(path).st_uid == os.getuid()

        home = os.path.join(tempfile.gettempdir(), name)
        if not is_own(home):
            unpacked = tempfile.mkdtemp(prefix=name)
            content: bytes = importlib.import_module("ray").get(archive[0])
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                file.extractall(unpacked)
            os.chmod(os.path.join(unpacked, "datawall", "bin", "datawall"), 0o755)
            try:
                os.rename(unpacked, home)
            except OSError:
                if is_own(home):  # Another worker of this node was first.
                    shutil.rmtree(unpacked)
                else:  # The folder is another user's, whose programs are not run.
                    home = unpacked
        if home not in sys.path:
            sys.path.insert(0, home)
        os.environ["DATAWALL_BINARY"] = os.path.join(home, "datawall", "bin", "datawall")
        from datawall.job import Task, run_task

        outcome = run_task(Task(**task), root)
        return outcome.stage, outcome.index, outcome.code, outcome.message

    remote = ray.remote(**{"max_retries": 3, "retry_exceptions": True, **options})(run_on_node)
    # In a list, so that a node fetches it only where it needs it.
    archive = [ray.put(packed)]
    outcomes: List[Outcome] = []
    for stage in job.stages(attempts=True):
        pending = [remote.remote(archive, dataclasses.asdict(task), job.root) for task in job.remaining(stage)]
        try:
            outcomes += [Outcome(*said) for said in ray.get(pending)]
        except BaseException:
            for reference in pending:
                ray.cancel(reference)
            raise
        raise_failures(outcomes)
    return job.audit(outcomes)


@functools.lru_cache(maxsize=1)
def _packed(binary: str, modified: int) -> Tuple[bytes, str]:
    """Returns this package and the command as an archive, and a digest of it: the same for the same files."""
    home = os.path.dirname(__file__)
    files = {f"datawall/{name}": os.path.join(home, name) for name in sorted(os.listdir(home)) if name.endswith(".py")}
    files["datawall/bin/datawall"] = binary
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in files.items():
            with open(path, "rb") as file:
                archive.writestr(zipfile.ZipInfo(name), file.read(), zipfile.ZIP_DEFLATED)
    content = packed.getvalue()
    return content, hashlib.sha256(content).hexdigest()[:16]

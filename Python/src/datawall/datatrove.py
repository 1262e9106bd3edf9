"""A step for pipelines of datatrove: counts the documents that pass through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator

from datatrove.pipeline.base import PipelineStep  # pyright: ignore[reportMissingImports, reportUnknownVariableType]

from .builder import Builder

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import PushArguments


class AuditStep(PipelineStep):  # pyright: ignore[reportUntypedBaseClass]
    """Counts documents into a folder and passes them on; `Builder(runs).audit()` then audits the folder.

        pipeline = [JsonlReader("shards/"), AuditStep("runs/", source_key="dump"), JsonlWriter("out/")]

    Each task of the executor is a job. A task that runs again replaces its earlier run. A task that failed does not
    count, nor does one whose documents were not all taken by the next step. `source_key` and `quality_key` are keys of
    a document's metadata. Options are those of `datawall scan`.
    """

    name = "datawall audit"
    type = "🔢 - STATS"

    def __init__(
        self, runs: str, *, source_key: str = "", quality_key: str = "", **options: Unpack[PushArguments]
    ) -> None:
        super().__init__()  # pyright: ignore[reportUnknownMemberType]
        self.builder = Builder(runs, **options)
        self.source_key = source_key
        self.quality_key = quality_key

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Counts and yields the documents of a task."""
        with self.builder.job(f"datatrove/task-{rank:05d}-of-{world_size:05d}") as job:
            for document in data or ():
                source = self._value(document, self.source_key) if self.source_key else None
                quality = self._value(document, self.quality_key) if self.quality_key else None
                job.add(document.text, source=source, quality=quality)
                yield document

    @staticmethod
    def _value(document: Any, key: str) -> Any:
        if key not in document.metadata:
            raise KeyError(f"document {document.id!r} has no {key!r} in its metadata; filter such documents out before")
        return document.metadata[key]

"""Audits of what is in memory: data frames."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

from .builder import Builder
from .results import Audit

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import PushArguments


def audit_frame(
    frame: Any, *, text: str = "text", source_key: str = "", quality_key: str = "", **options: Unpack[PushArguments]
) -> Audit:
    """Audits the rows of an Arrow table, or of a data frame of pandas or polars, by names of columns.

    Without a `source_key` all rows are of the source `frame`. Options are those of `datawall scan`.
    """
    with tempfile.TemporaryDirectory(prefix="datawall-") as runs:
        builder = Builder(runs, **options)
        with builder.job("frame") as job:
            source = frame[source_key] if source_key else "frame"
            job.add_batch(frame[text], source=source, quality=frame[quality_key] if quality_key else None)
        return builder.audit()

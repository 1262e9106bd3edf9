"""Audits of what is in memory: data frames, and data sets of Hugging Face."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Tuple

from .builder import Builder
from .documents import frame_column
from .results import Audit

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import PushArguments

#: Rows of a data set that are fetched at a time.
BATCH_ROWS = 1000


def audit_frame(
    frame: Any, *, text: str = "text", source_key: str = "", quality_key: str = "", **options: Unpack[PushArguments]
) -> Audit:
    """Audits the rows of an Arrow table, or of a data frame of pandas or polars, by names of columns.

    Without a `source_key` all rows are of the source `frame`. Options are those of `datawall scan`.
    """
    return _audited([("frame", [frame])], text, source_key, quality_key, options)


def audit_dataset(
    dataset: Any, *, text: str = "text", source_key: str = "", quality_key: str = "", **options: Unpack[PushArguments]
) -> Audit:
    """Audits a data set of the library `datasets`, also a streaming one, by names of columns.

    Without a `source_key` each split of a `DatasetDict` is a source, and a single data set is the source `dataset`.
    Batches are Arrow's and are pushed without a copy. Options are those of `datawall scan`.
    """
    splits = dict(dataset) if hasattr(dataset, "items") else {"dataset": dataset}
    columns = list(dict.fromkeys(filter(None, (text, source_key, quality_key))))
    parts = ((name, _batches(part.select_columns(columns))) for name, part in splits.items())
    return _audited(parts, text, source_key, quality_key, options)


def _batches(dataset: Any) -> Iterator[Any]:
    return dataset.with_format("arrow").iter(batch_size=BATCH_ROWS)


def _audited(
    parts: Iterable[Tuple[str, Iterable[Any]]], text: str, source_key: str, quality_key: str, options: PushArguments
) -> Audit:
    """Pushes frames, a job for each part, and audits them; a part's name is the source of rows without one."""
    with tempfile.TemporaryDirectory(prefix="datawall-") as runs:
        builder = Builder(runs, **options)
        for name, frames in parts:
            rows = 0
            with builder.job(name) as job:
                for frame in frames:
                    keys = (text, source_key, quality_key)
                    texts, source, quality = (frame_column(frame, key) if key else None for key in keys)
                    try:
                        job.add_batch(texts, source=source if source_key else name, quality=quality)
                    except (TypeError, ValueError) as error:
                        raise type(error)(f"{name}, counted from row {rows}: {error}") from None
                    rows += len(frame)
        return builder.audit()

"""Tables of results: sequences of dataclasses that become frames of whichever library is installed."""

from __future__ import annotations

import dataclasses
import html
import importlib
import importlib.util
from typing import Any, Dict, Generic, Iterator, List, Sequence, Tuple, Type, TypeVar, Union, overload

Row = TypeVar("Row", covariant=True)


class Rows(Sequence[Row], Generic[Row]):
    """A table: a sequence of records with the same fields.

    `to_frame()` uses pyarrow where it is installed, else pandas, else plain dictionaries.
    """

    def __init__(self, rows: Sequence[Row], kind: Type[Row]) -> None:
        self._rows: Tuple[Row, ...] = tuple(rows)
        self._kind = kind

    @property
    def columns(self) -> List[str]:
        """The names of the fields, as the file writes them."""
        return [key_of(field.name) for field in dataclasses.fields(self._kind)]  # type: ignore[arg-type]

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[Row]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Row, Rows[Row]]:
        return Rows(self._rows[index], self._kind) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._rows == other._rows  # pyright: ignore[reportUnknownMemberType]

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"Rows({list(self._rows)!r})"

    def to_dicts(self) -> List[Dict[str, Any]]:
        """Returns a dictionary a row, with nested records and tables as the file writes them."""
        return [plain(row) for row in self._rows]

    def to_arrow(self) -> Any:
        """Returns a `pyarrow.Table`."""
        arrow: Any = importlib.import_module("pyarrow")
        rows = self.to_dicts()
        return arrow.table({name: [row[name] for row in rows] for name in self.columns})

    def to_pandas(self) -> Any:
        """Returns a `pandas.DataFrame`."""
        pandas: Any = importlib.import_module("pandas")
        return pandas.DataFrame(self.to_dicts(), columns=self.columns)

    def to_polars(self) -> Any:
        """Returns a `polars.DataFrame`."""
        polars: Any = importlib.import_module("polars")
        rows = self.to_dicts()
        return polars.DataFrame({name: [row[name] for row in rows] for name in self.columns}, strict=False)

    def to_frame(self) -> Any:
        """Returns the table for whichever library is installed: pyarrow, else pandas, else a list of dictionaries."""
        for library, convert in (("pyarrow", self.to_arrow), ("pandas", self.to_pandas)):
            if importlib.util.find_spec(library):
                return convert()
        return self.to_dicts()

    def _repr_html_(self) -> str:
        """Shows the table in a notebook, with numbers to the right."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in self.to_dicts())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None or isinstance(value, (bool, str)):
        return f"<td style='text-align:left'>{html.escape('' if value is None else str(value))}</td>"
    text = f"{value:,}" if isinstance(value, int) else f"{value:.4g}" if isinstance(value, float) else str(value)
    return f"<td>{html.escape(text)}</td>"


def key_of(name: str) -> str:
    """Returns what a file calls a field: `from_` is `from`."""
    return name[:-1] if name.endswith("_") else name


def plain(value: Any) -> Any:
    """Returns dictionaries and lists for records and tables."""
    if dataclasses.is_dataclass(value):
        return {key_of(field.name): plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (Rows, tuple, list)):
        return [plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value

"""What goes wrong, as exceptions that carry the command's own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Tuple

if TYPE_CHECKING:
    from .results import Audit


class DatawallError(Exception):
    """The command could not do what was asked.

    `code` is its exit status: 64 wrong usage, 65 unusable data, 66 no such input, 71 the machine failed, 73 cannot
    write, 75 in use, 78 no feasible plan, 127 no usable command. A negative code is the number of a signal.
    """

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class DamagedError(DatawallError):
    """The audit is done, but more was damaged or left unread than allowed. `audit` is the result."""

    def __init__(self, code: int, message: str, audit: Audit) -> None:
        super().__init__(code, message)
        self.audit = audit

    def __reduce__(self) -> Tuple[Any, ...]:
        return DamagedError, (self.code, self.message, self.audit)


class DatawallWarning(UserWarning):
    """A note that the command printed, such as where a path could be understood in two ways."""

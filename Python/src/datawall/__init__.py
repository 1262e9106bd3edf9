"""Audits training corpora for unique and repeated tokens, and plans training runs from the count.

    import datawall as dw

    audit = dw.audit("shards/", tokenizer="gpt2")
    audit.totals.unique_tokens, audit.totals.hidden_epochs
    audit.sources.to_pandas()
    plan = audit.plan(flops=1e22)
    plan.recommended.parameters, plan.recommended.epochs

Functions and options have the names of the command `datawall`, with underscores for hyphens. The package runs that
command, which its wheel contains; it needs no other package.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, List

__version__ = "0.2.0"

if TYPE_CHECKING:
    from .builder import Builder
    from .commands import audit, fit, merge, mix, plan
    from .errors import DamagedError, DatawallError, DatawallWarning
    from .frames import Rows
    from .job import Job
    from .progress import Progress
    from .results import Audit, Fit, Mixture, Plan, load
    from .sources import audit_dataset, audit_frame

_HOMES = {
    "builder": ("Builder",),
    "commands": ("audit", "fit", "merge", "mix", "plan"),
    "errors": ("DamagedError", "DatawallError", "DatawallWarning"),
    "frames": ("Rows",),
    "sources": ("audit_dataset", "audit_frame"),
    "job": ("Job",),
    "progress": ("Progress",),
    "results": ("Audit", "Fit", "Mixture", "Plan", "load"),
}

__all__ = [
    "Audit",
    "Builder",
    "DamagedError",
    "DatawallError",
    "DatawallWarning",
    "Fit",
    "Job",
    "Mixture",
    "Plan",
    "Progress",
    "Rows",
    "__version__",
    "audit",
    "audit_dataset",
    "audit_frame",
    "fit",
    "load",
    "merge",
    "mix",
    "plan",
]


def __getattr__(name: str) -> Any:
    # Modules are imported when they are first used, so that `import datawall` costs next to nothing.
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(importlib.import_module(f"{__name__}.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> List[str]:
    return sorted(__all__)

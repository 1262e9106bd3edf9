"""The options of the command, by subcommand, with underscores for hyphens.

Written by tools/generate.py; do not edit.
"""

from __future__ import annotations

import os
from typing import Any, Dict, Literal, Mapping, Sequence, TypedDict, Union

Value = Union[str, int, float, "os.PathLike[str]", Mapping[Any, Any]]
Values = Union[Value, Sequence[Value]]


class AuditArguments(TypedDict, total=False):
    """The options of `datawall audit`."""

    manifest: Value
    listing: Value
    open: Value
    scratch: Value
    open_timeout: Value
    ignore: Values
    name: Value
    text_key: Values
    source_key: Values
    quality_key: Values
    quality_map: Value
    where: Value
    format: Value
    txt_document: Value
    end_of_document: Value
    level: Literal["document", "paragraph", "line"]
    normalize: Value
    tokenizer: Values
    sample: Value
    near: bool
    near_sample: Value
    benchmarks: Value
    bytes_per_token: Value
    threads: Value
    memory: Value
    max_record: Value
    every_position: bool
    strict: bool
    max_damaged: Value
    state: Value
    restart: bool
    top_copies: Value
    near_pairs: Value
    show: Value


class ScanArguments(TypedDict, total=False):
    """The options of `datawall scan`."""

    manifest: Value
    listing: Value
    open: Value
    scratch: Value
    open_timeout: Value
    ignore: Values
    text_key: Values
    source_key: Values
    quality_key: Values
    quality_map: Value
    where: Value
    format: Value
    txt_document: Value
    end_of_document: Value
    level: Literal["document", "paragraph", "line"]
    normalize: Value
    tokenizer: Values
    sample: Value
    near: bool
    near_sample: Value
    benchmarks: Value
    bytes_per_token: Value
    threads: Value
    memory: Value
    max_record: Value
    every_position: bool
    strict: bool
    max_damaged: Value


class PushArguments(TypedDict, total=False):
    """The options of a scan of pushed documents."""

    listing: Value
    open: Value
    scratch: Value
    open_timeout: Value
    where: Value
    level: Literal["document", "paragraph", "line"]
    normalize: Value
    tokenizer: Values
    sample: Value
    near: bool
    near_sample: Value
    benchmarks: Value
    bytes_per_token: Value
    threads: Value
    memory: Value
    every_position: bool
    strict: bool
    max_damaged: Value


class MergeArguments(TypedDict, total=False):
    """The options of `datawall merge`."""

    manifest: Value
    quality_map: Value
    benchmarks: Value
    near_pass: Literal["pairs", "counts", "copies"]
    near_folder: Value
    partitions: Value
    partials: Values
    memory: Value
    top_copies: Value
    threads: Value


class PlanArguments(TypedDict, total=False):
    """The options of `datawall plan`."""

    unique_tokens: Value
    supply: Value
    as_: Literal["dedup", "is"]
    unique: Literal["exact", "near"]
    unique_factor: Value
    bytes_per_token: Value
    level_as_supply: bool
    flops: Value
    gpu: Value
    gpus: Value
    days: Value
    mfu: Value
    dollars: Value
    dollars_per_gpu_hour: Value
    accelerators: Value
    law: Values
    law_bytes_per_token: Value
    set: Values
    feature: Values
    objective: Value
    cost_weight: Value
    inference_tokens: Value
    requests_per_day: Value
    tokens_per_request: Value
    months: Value
    serving_gpu: Value
    serving_mfu: Value
    prompt_mfu: Value
    generated_share: Value
    serving_dollars_per_gpu_hour: Value
    serving_gpus: Value
    serving_memory: Value
    weights_share: Value
    bytes_per_parameter: Value
    max_token_latency: Value
    vocabulary_size: Value
    context_length: Value
    architecture: Literal["llama", "gpt"]
    embeddings: Literal["tied", "untied"]
    flop_model: Literal["6ND", "exact"]
    target_loss: Value
    target_error: Value
    error_curve: Value
    max_parameters: Value
    min_parameters: Value
    size: Values
    sizes: Value
    max_epochs: Value
    min_tokens_per_parameter: Value
    epoch_gain: Value
    tokens_per_parameter: Value


class MixArguments(TypedDict, total=False):
    """The options of `datawall mix`."""

    preset: Value
    tokens: Value
    as_: Literal["dedup", "is"]
    level_as_supply: bool
    method: Value
    weight: Values
    temperature: Value
    pull: Value
    kl: Value
    kl_log: Value
    max_epochs: Value
    pilots: Value
    importance: Values
    fit: Literal["mixing-law", "values"]
    curve: Value
    set: Values
    law: Value
    parameters: Value
    law_bytes_per_token: Value
    calibrated_quality: bool
    target: Value


class FitArguments(TypedDict, total=False):
    """The options of `datawall fit`."""

    law: Values
    params_column: Value
    tokens_column: Value
    loss_column: Value
    unique_tokens_column: Value
    epochs_column: Value
    flops_column: Value
    seed_column: Value
    group_column: Value
    weight_column: Value
    bytes_per_token_column: Value
    tokenizer_column: Value
    evaluation_set_column: Value
    params_unit: Value
    tokens_unit: Value
    loss_unit: Value
    bytes_per_token: Value
    where: Value
    error_column: Value
    accuracy_column: Value
    guessing_error: Value
    curve: Value
    answer_tokens: Value
    objective: Literal["huber", "squares", "absolute"]
    delta: Value
    reference: bool
    hold: Values
    free: Values
    prior: Value
    prior_strength: Value
    backtest: bool
    bootstrap: Value
    by_group: bool
    resample: Literal["runs", "groups", "unique tokens", "model sizes"]
    seed: Value
    level: Value
    hold_out: Value
    sensitivity: bool
    allocation: bool
    compare_groups: Value
    regret: bool
    regret_from: Value
    watch: Value
    watch_loss_column: Value
    watch_tokens_column: Value
    watch_parameters: Value
    watch_tokens: Value
    watch_unique_tokens: Value
    watch_allowance: Value
    residuals: Value
    profiles: Value
    name: Value


#: Options that may be given several times.
REPEATED: Dict[str, Sequence[str]] = {
    "audit": ["ignore", "text_key", "source_key", "quality_key", "tokenizer"],
    "scan": ["ignore", "text_key", "source_key", "quality_key", "tokenizer"],
    "push": ["tokenizer"],
    "merge": ["partials"],
    "plan": ["law", "set", "feature", "size"],
    "mix": ["weight", "importance", "set"],
    "fit": ["law", "hold", "free"],
}


#: Options without a value.
FLAGS: Dict[str, Sequence[str]] = {
    "audit": ["near", "every_position", "strict", "restart"],
    "scan": ["near", "every_position", "strict"],
    "push": ["near", "every_position", "strict"],
    "merge": [],
    "plan": ["level_as_supply"],
    "mix": ["level_as_supply", "calibrated_quality"],
    "fit": ["reference", "backtest", "by_group", "sensitivity", "allocation", "regret"],
}


#: Flags that can be turned off.
NEGATABLE: Dict[str, Sequence[str]] = {
    "audit": [],
    "scan": [],
    "push": [],
    "merge": ["manifest"],
    "plan": [],
    "mix": [],
    "fit": ["backtest"],
}

"""What the files of the command contain: a dataclass for each object of their schemas.

Written by tools/generate.py; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Mapping, Optional, Sequence, Union

from .frames import Rows


@dataclass(frozen=True)
class AuditOptions:
    normalization: str
    manifest_sha256: Optional[str]
    listing_sha256: Optional[str]
    sources: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class AuditTokenizer:
    name: str
    sha256: Optional[str]
    certified: bool
    estimate: bool
    bytes_per_token: Optional[float]
    bytes_per_token_interval: Optional[Sequence[float]]
    policy: Optional[Mapping[str, Any]]
    replaced_sequences: Optional[int]
    sample: Optional[Mapping[str, Any]]


@dataclass(frozen=True)
class AuditTotals:
    shards: int
    documents: int
    units: int
    unique_units: int
    empty_units: int
    bytes: int
    unique_bytes: int
    tokens: int
    unique_tokens: int
    repeated_tokens: int
    hidden_epochs: float
    weighted_unique_tokens: float
    further_tokens: Optional[Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class AuditSourcesRow:
    name: str
    shards: int
    documents: int
    units: int
    unique_units: int
    bytes: int
    unique_bytes: int
    tokens: int
    unique_tokens: int
    repeated_tokens: int
    exclusive_tokens: int
    owned_unique_tokens: int
    hidden_epochs: float
    quality: float
    weighted_unique_tokens: float
    further_tokens: Optional[Mapping[str, Mapping[str, Any]]]
    max_epochs: Optional[float]
    floor: Optional[float]
    copies: Sequence[Mapping[str, Any]]
    largest_copies: Optional[int]
    quality_histogram: Sequence[Mapping[str, Any]]
    scores: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class AuditOverlapRow:
    sources: Sequence[str]
    units: int
    tokens: int
    further_tokens: Optional[Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class AuditCopiesRow:
    from_: int
    to: int
    units: int
    tokens: int
    occurrences: int
    occurrence_tokens: int
    further_tokens: Optional[Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class AuditTopCopiesRow:
    xxh3_128: str
    occurrences: int
    tokens: int
    bytes: int
    source: str
    shard: str
    record: int
    further_tokens: Optional[Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class AuditNearDuplicates:
    method: Literal["minhash/14x8/w5"]
    estimate: Literal[True]
    threshold: int
    sample: Optional[Mapping[str, Any]]
    unique: Sequence[Mapping[str, Any]]
    sources: Sequence[Mapping[str, Any]]
    overlap: Sequence[Mapping[str, Any]]
    clusters: Sequence[Mapping[str, Any]]
    largest_cluster: int
    largest_bucket: int
    capped_buckets: int
    uncompared_pairs: int
    pairs: Optional[Sequence[Mapping[str, Any]]]
    recall: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class AuditContamination:
    words: Literal["w5"]
    sets_xxh3_128: str
    boilerplate_sequences: int
    sets: Sequence[Mapping[str, Any]]
    sources: Sequence[Mapping[str, Any]]
    items: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class AuditProblemsRow:
    shard: str
    record: Optional[int]
    byte_offset: Optional[int]
    kind: str
    message: str


@dataclass(frozen=True)
class AuditSkippedRow:
    kind: str
    reason: str
    files: int
    bytes: int
    may_hold_data: bool
    examples: Sequence[str]


@dataclass(frozen=True)
class AuditFilteredRow:
    source: str
    documents: int


@dataclass(frozen=True)
class AuditInputsRow:
    shard: str
    source: Union[str, Sequence[str]]
    bytes: int
    xxh3_128: str
    etag: Optional[str]
    documents: int
    row_groups: Optional[int]
    codecs: Optional[Sequence[str]]


@dataclass(frozen=True)
class AuditFields:
    format: Literal["datawall-audit"]
    version: Literal[2]
    level: Literal["document", "paragraph", "line"]
    exact: Literal[True]
    complete: bool
    datawall_version: str
    made_by: Optional[str]
    options: AuditOptions
    tokenizer: AuditTokenizer
    further_tokenizers: Optional[Rows[AuditTokenizer]]
    totals: AuditTotals
    sources: Rows[AuditSourcesRow]
    overlap: Rows[AuditOverlapRow]
    copies: Rows[AuditCopiesRow]
    largest_copies: Optional[int]
    top_copies: Optional[Rows[AuditTopCopiesRow]]
    near_duplicates: Optional[AuditNearDuplicates]
    contamination: Optional[AuditContamination]
    problem_counts: Mapping[str, int]
    problems: Rows[AuditProblemsRow]
    skipped: Rows[AuditSkippedRow]
    filtered: Rows[AuditFilteredRow]
    inputs: Rows[AuditInputsRow]


@dataclass(frozen=True)
class PlanLawsRow:
    name: str
    digest: Optional[str]
    provenance: Optional[str]


@dataclass(frozen=True)
class PlanSupply:
    unique_tokens: float
    ample: Optional[bool]
    as_: Optional[Literal["dedup", "is"]]
    bytes_per_token: Optional[float]
    file_tokens: Optional[float]
    unique_factor: Optional[Sequence[float]]
    sources: Optional[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class PlanBudget:
    flops: Optional[float]
    days: Optional[float]
    dollars: Optional[float]
    gpu: Optional[str]
    gpu_peak_flops: Optional[float]
    gpus: Optional[float]
    mfu: Optional[float]
    dollars_per_gpu_hour: Optional[float]


@dataclass(frozen=True)
class PlanConstraints:
    max_parameters: Optional[float]
    min_parameters: Optional[float]
    max_epochs: Optional[float]
    min_tokens_per_parameter: Optional[float]
    target_loss: Optional[float]
    sizes: Optional[Sequence[float]]
    inference_tokens: Optional[float]
    training_price: Optional[float]
    serving_price: Optional[float]
    cost_weight: Optional[float]
    size_limits: Optional[Sequence[Mapping[str, Any]]]
    serving: Optional[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanRecommendedMixtureRow:
    source: str
    weight: float
    tokens: Optional[float]
    epochs: Optional[float]
    cap: Optional[float]
    binding: Optional[bool]
    shadow_price: Optional[float]


@dataclass(frozen=True)
class PlanRecommended:
    parameters: float
    tokens: float
    unique_tokens: Optional[float]
    epochs: float
    passes_over_files: Optional[float]
    tokens_per_parameter: float
    flops: Optional[float]
    budget_used: Optional[float]
    loss: Optional[float]
    loss_interval: Optional[Sequence[float]]
    parameters_interval: Optional[Sequence[float]]
    tokens_interval: Optional[Sequence[float]]
    epochs_interval: Optional[Sequence[float]]
    cost: Optional[float]
    effective_tokens: Optional[float]
    law_tokens: Optional[float]
    extrapolation: Optional[Mapping[str, Any]]
    gpu_hours: Optional[float]
    days: Optional[float]
    training_dollars: Optional[float]
    serving_dollars: Optional[float]
    mixture: Optional[Rows[PlanRecommendedMixtureRow]]
    mixture_method: Optional[str]
    mean_repeats: Optional[float]
    no_mixture_because: Optional[str]


@dataclass(frozen=True)
class PlanDecision:
    rule: Literal["expected", "tail", "worst"]
    expected_excess: float
    tail_excess: float
    worst_excess: float
    worst_family: str
    size_disagreement: float
    epoch_disagreement: float
    draws: int


@dataclass(frozen=True)
class PlanFamiliesRow:
    family: str
    law: str
    weight: float
    distance: Mapping[str, Any]
    contrast_error: Optional[float]
    draws: int
    parameters: float
    tokens: float
    epochs: float
    own_loss: Optional[float]
    cost: Optional[float]
    loss: Optional[float]
    loss_interval: Optional[Sequence[float]]
    parameters_interval: Optional[Sequence[float]]
    tokens_interval: Optional[Sequence[float]]
    epochs_interval: Optional[Sequence[float]]
    interval_source: Optional[Literal["ensemble", "covariance", "unique_factor", "families"]]
    no_interval: Optional[str]
    excess: float
    extrapolation: Optional[Mapping[str, Any]]
    missed_by: Optional[float]
    lowest_loss: Optional[float]
    reached_share: Optional[float]
    wall_flops: Optional[float]
    other_basins: Optional[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class PlanOtherBasinsRow:
    parameters: float
    tokens: float
    unique_tokens: Optional[float]
    epochs: float
    passes_over_files: Optional[float]
    tokens_per_parameter: float
    flops: Optional[float]
    budget_used: Optional[float]
    loss: Optional[float]
    loss_interval: Optional[Sequence[float]]
    parameters_interval: Optional[Sequence[float]]
    tokens_interval: Optional[Sequence[float]]
    epochs_interval: Optional[Sequence[float]]
    cost: Optional[float]
    effective_tokens: Optional[float]
    law_tokens: Optional[float]
    extrapolation: Optional[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanLawsLeftOutRow:
    law: str
    reason: str


@dataclass(frozen=True)
class PlanFrontierRow:
    epochs: float
    parameters: float
    tokens: float
    loss: Optional[float]
    cost: Optional[float]
    next_epoch_gain: Optional[float]


@dataclass(frozen=True)
class PlanEpochStepsRow:
    epochs: float
    share: float
    gain: float
    family_shares: Sequence[float]


@dataclass(frozen=True)
class PlanShadowPrices:
    unique_tokens: Optional[float]
    flops: Optional[float]
    unique_tokens_in_flops: Optional[float]
    limits: Optional[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class PlanProspectsRow:
    quantity: Literal["unique_tokens", "flops"]
    factor: float
    gain: float
    parameters: float
    tokens: float
    epochs: float


@dataclass(frozen=True)
class PlanBaselinesRow:
    name: str
    parameters: float
    tokens: float
    epochs: float
    excess: Optional[float]
    source: str


@dataclass(frozen=True)
class PlanDataWall:
    flops: Optional[float]
    parameters: Optional[float]
    tokens_per_parameter: float
    largest_model: float
    largest_model_at_plan_epochs: float


@dataclass(frozen=True)
class PlanEpochGain:
    threshold: float
    epochs: float
    next_gain: Optional[float]


@dataclass(frozen=True)
class PlanQualityFrontierRow:
    share: float
    quality: float
    mean_quality: float
    unique_tokens: float
    epochs: float
    parameters: float
    tokens: float
    loss: Optional[float]
    excess: float


@dataclass(frozen=True)
class PlanTokenSensitivityRow:
    token_scale: float
    parameters: float
    tokens: float
    epochs: float
    loss: Optional[float]


@dataclass(frozen=True)
class PlanWarningsRow:
    code: Optional[str]
    severity: Optional[Literal["info", "warning"]]
    message: str
    value: Optional[float]
    limit: Optional[float]


@dataclass(frozen=True)
class PlanRecipesRow:
    law: str
    provenance: str
    source: str
    batch_tokens: Optional[float]
    learning_rate: Optional[float]
    weight_decay: Optional[float]
    epochs: Optional[float]
    extrapolation: float


@dataclass(frozen=True)
class PlanFixedData:
    source: str
    unique_tokens: float
    records: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanDerived:
    name: str
    source: Optional[str]
    worth: float
    multiple: float
    max_share: Optional[float]
    price: Optional[float]
    repeats: Optional[float]
    available_tokens: float
    share: float
    tokens: float
    unique_tokens: float
    epochs: float
    dollars: Optional[float]
    gain: float
    threshold: Mapping[str, Any]
    thresholds: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanModel:
    architecture: str
    layers: int
    width: int
    heads: int
    key_value_heads: int
    head_size: int
    feed_forward_width: int
    vocabulary_size: int
    context_length: int
    tied_embeddings: bool
    aspect_ratio: float
    parameters: int
    non_embedding_parameters: int
    size_error: float
    training_flops_per_token: float
    tokens_per_parameter: float
    times_chinchilla: float
    hyperparameters: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PlanFields:
    format: Literal["datawall-plan"]
    version: Literal[2]
    datawall_version: Optional[str]
    made_by: Optional[str]
    status: Literal["optimal", "budget_unspent", "capped", "extrapolated", "target_disputed", "infeasible"]
    further_statuses: Optional[Sequence[Literal["optimal", "budget_unspent", "capped", "extrapolated", "target_disputed", "infeasible"]]]
    objective: str
    cost_unit: Optional[str]
    law: str
    laws: Rows[PlanLawsRow]
    audit_digest: Optional[str]
    flop_model: Optional[str]
    interval_level: Optional[float]
    interval_source: Optional[Literal["ensemble", "covariance", "unique_factor", "families"]]
    supply: PlanSupply
    budget: Optional[PlanBudget]
    constraints: Optional[PlanConstraints]
    recommended: PlanRecommended
    decision: Optional[PlanDecision]
    families: Rows[PlanFamiliesRow]
    other_basins: Optional[Rows[PlanOtherBasinsRow]]
    laws_left_out: Optional[Rows[PlanLawsLeftOutRow]]
    frontier: Optional[Rows[PlanFrontierRow]]
    epoch_steps: Optional[Rows[PlanEpochStepsRow]]
    shadow_prices: Optional[PlanShadowPrices]
    prospects: Optional[Rows[PlanProspectsRow]]
    baselines: Optional[Rows[PlanBaselinesRow]]
    data_wall: Optional[PlanDataWall]
    epoch_gain: Optional[PlanEpochGain]
    quality_frontier: Optional[Rows[PlanQualityFrontierRow]]
    token_sensitivity: Optional[Rows[PlanTokenSensitivityRow]]
    warnings: Optional[Rows[PlanWarningsRow]]
    recipes: Optional[Rows[PlanRecipesRow]]
    fixed_data: Optional[PlanFixedData]
    derived: Optional[PlanDerived]
    model: Optional[PlanModel]


@dataclass(frozen=True)
class MixtureCurve:
    name: str
    coefficients: Optional[Mapping[str, float]]


@dataclass(frozen=True)
class MixturePull:
    strength: float
    nats_of_loss: Optional[float]
    removed_quality_effect: Optional[float]


@dataclass(frozen=True)
class MixtureMixtureRow:
    source: str
    unique_tokens: Optional[float]
    quality: Optional[float]
    weight: float
    tokens: Optional[float]
    epochs: Optional[float]
    cap: Optional[float]
    floor: Optional[float]
    binding: Optional[bool]
    exceeds_cap: Optional[bool]
    misses_floor: Optional[bool]
    effective_tokens: Optional[float]
    shadow_price: Optional[float]
    cap_price: Optional[float]
    raw_weight: Optional[float]
    passes_over_files: Optional[float]


@dataclass(frozen=True)
class MixtureMethodsRow:
    method: str
    error: Optional[str]
    objective: Optional[Mapping[str, Any]]
    effective_tokens: Optional[float]
    effective_tokens_after_pull: Optional[float]
    fresh_tokens: Optional[float]
    loss: Optional[float]
    pilot_mean: Optional[float]
    pilot_losses: Optional[Mapping[str, float]]
    kl_to_natural: Optional[float]
    keeps_limits: Optional[bool]
    sources: Optional[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class MixturePilots:
    fit: str
    runs: Optional[int]
    targets: Optional[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class MixtureFields:
    format: Literal["datawall-mixture"]
    version: Literal[2]
    datawall_version: Optional[str]
    made_by: Optional[str]
    audit_digest: Optional[str]
    audit_complete: Optional[bool]
    method: str
    tokens: float
    unique_tokens: float
    estimated_tokens: Optional[bool]
    as_: Optional[Literal["dedup", "is"]]
    max_epochs: Optional[float]
    most_tokens: Optional[float]
    curve: Optional[MixtureCurve]
    sources_are_equal: Optional[bool]
    mean_quality: Optional[float]
    pull: Optional[MixturePull]
    law: Optional[str]
    parameters: Optional[float]
    effective_tokens: Optional[float]
    effective_tokens_as_given: Optional[float]
    effective_tokens_after_pull: Optional[float]
    fresh_tokens: Optional[float]
    loss: Optional[float]
    kl_to_natural: Optional[float]
    duality_gap: Optional[float]
    effective_tokens_without_caps: Optional[float]
    effective_tokens_without_copies: Optional[float]
    mixture: Rows[MixtureMixtureRow]
    empty_sources: Optional[Sequence[str]]
    methods: Optional[Rows[MixtureMethodsRow]]
    warnings: Optional[Rows[PlanWarningsRow]]
    pilots: Optional[MixturePilots]
    notes: Optional[Sequence[str]]


@dataclass(frozen=True)
class FitInputsRow:
    path: str
    sha256: str


@dataclass(frozen=True)
class FitForecast:
    flops: float
    expected_error: Optional[float]
    best_parameters: Optional[float]
    best_parameters_interval: Optional[Sequence[Optional[float]]]
    best_tokens: Optional[float]
    best_loss: Optional[float]
    best_loss_interval: Optional[Sequence[float]]


@dataclass(frozen=True)
class FitBacktest:
    mean_error: Optional[float]
    bias: Optional[float]
    origins: Sequence[Mapping[str, Any]]
    notes: Sequence[str]


@dataclass(frozen=True)
class FitPrior:
    dependence: float
    scatter: float
    from_prior_alone: Sequence[str]
    strengths: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FitCoefficientsValue:
    value: Optional[float]
    fitted: bool
    standard_error: Optional[float]
    interval: Optional[Sequence[Optional[float]]]
    percentile_interval: Optional[Sequence[Optional[float]]]
    profile_interval: Optional[Sequence[Optional[float]]]
    identifiability: Optional[Literal["identified", "weakly identified", "from the prior only", "not identified"]]
    at_bound: Optional[Literal["lower", "upper", "unbounded"]]


@dataclass(frozen=True)
class FitOptimaRow:
    objective: float
    starts: int
    coefficients: Mapping[str, float]


@dataclass(frozen=True)
class FitRange:
    parameters: Optional[Sequence[float]]
    tokens: Optional[Sequence[float]]
    unique_tokens: Optional[Sequence[float]]
    epochs: Optional[Sequence[float]]
    compute: Optional[Sequence[float]]
    tokens_per_parameter: Optional[Sequence[float]]
    parameters_per_unique_token: Optional[Sequence[float]]


@dataclass(frozen=True)
class FitBootstrap:
    samples: int
    failures: int
    unit: Literal["runs", "groups", "unique tokens", "model sizes"]
    seed: int


@dataclass(frozen=True)
class FitHoldOut:
    choice: str
    scores: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FitComparisonRow:
    law: str
    coefficients: Optional[int]
    objective_value: Optional[float]
    r_squared: Optional[float]
    median_relative_error: Optional[float]
    expected_error: Optional[float]
    backtest_error: Optional[float]
    aicc: Optional[float]
    hold_out_error: Optional[float]
    note: Optional[str]


@dataclass(frozen=True)
class FitAllocation:
    estimates: Sequence[Mapping[str, Any]]
    notes: Sequence[str]


@dataclass(frozen=True)
class FitSetups:
    groups: Sequence[str]
    verdict: str
    difference_probability: float
    exponents_probability: float
    differences: Sequence[Mapping[str, Any]]
    factors_at_common_exponents: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FitRegret:
    cells: Sequence[Mapping[str, Any]]
    scores: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FitWatch:
    verdict: str
    final_forecast: float
    final_band: Sequence[Optional[float]]
    points: Sequence[Mapping[str, Any]]
    notes: Sequence[str]


@dataclass(frozen=True)
class FitResidualTrendsRow:
    quantity: str
    probability: float
    structure: bool
    bins: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FitResidualsRow:
    row: int
    parameters: float
    tokens: float
    unique_tokens: float
    epochs: float
    loss: float
    predicted: float
    log_residual: float


@dataclass(frozen=True)
class FitFields:
    format: Literal["datawall-fit"]
    version: Literal[2]
    datawall_version: Optional[str]
    made_by: Optional[str]
    inputs: Rows[FitInputsRow]
    law: str
    formula: str
    form_source: str
    runs: int
    loss_unit: Literal["nats/token", "bits/token", "bits/byte"]
    objective: str
    objective_value: Optional[float]
    converged: bool
    starts: int
    evaluations: int
    r_squared: Optional[float]
    median_relative_error: Optional[float]
    aicc: Optional[float]
    repeatability: Optional[float]
    interval_level: float
    forecast: Optional[FitForecast]
    backtest: Optional[FitBacktest]
    prior: Optional[FitPrior]
    worst_rows: Sequence[int]
    coefficients: Mapping[str, FitCoefficientsValue]
    optima: Rows[FitOptimaRow]
    range: FitRange
    bootstrap: Optional[FitBootstrap]
    hold_out: Optional[FitHoldOut]
    comparison: Optional[Rows[FitComparisonRow]]
    allocation: Optional[FitAllocation]
    sensitivity: Optional[Mapping[str, Any]]
    setups: Optional[FitSetups]
    regret: Optional[FitRegret]
    watch: Optional[FitWatch]
    residual_trends: Optional[Rows[FitResidualTrendsRow]]
    warnings: Sequence[str]
    residuals: Rows[FitResidualsRow]

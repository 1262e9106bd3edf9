public import ScalingLaws
public import TrainingPlanning

/// The lowest loss that a compute budget and a supply of data allow.
///
/// The objective of Kaplan et al. 2020 (arXiv:2001.08361) and Hoffmann et al. 2022 (arXiv:2203.15556, section 3), with
/// compute as an upper bound.
public struct MinimumLoss: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-loss`.
    public let identifier = "min-loss"

    /// The objective, in one line.
    public let summary = "the lowest loss within the compute budget"

    /// The loss's unit.
    public let unit = "nats/token"

    /// The loss.
    public func cost(of run: ObjectiveSymbols) -> Formula {
        run.loss
    }
}

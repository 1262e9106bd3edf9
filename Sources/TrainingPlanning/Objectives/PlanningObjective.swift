public import ScalingLaws

/// What a plan minimises, stated once as a formula over the run, its loss and what it spends.
///
/// ```swift
/// struct MinimumLoss: PlanningObjective {
///     let identifier = "min-loss"
///     …
///     func cost(of run: ObjectiveSymbols) -> Formula { run.loss }
/// }
/// ```
///
/// What callers rely on:
/// - The objective is a pure value: the same formula every time, from any thread.
/// - The cost is finite wherever the loss is, and the smaller the better.
/// - Limits are no part of it: budget, target loss and caps are the planner's.
public protocol PlanningObjective: Sendable {
    /// The name that commands and files use, in lower case with hyphens.
    var identifier: String { get }

    /// One line on what is minimised.
    var summary: String { get }

    /// The unit of the cost, such as `nats/token`, `FLOP` or `$`.
    var unit: String { get }

    /// The quantities that must be given with the question.
    var needs: [PlanningQuantity] { get }

    /// Quantities that the cost reads where they are given, all of them or none: none counts as 0.
    var mayRead: [PlanningQuantity] { get }

    /// The cost of a run, to be made as small as possible.
    func cost(of run: ObjectiveSymbols) -> Formula
}

extension PlanningObjective {
    /// Nothing beyond the run.
    public var needs: [PlanningQuantity] { [] }

    /// Nothing beyond what is needed.
    public var mayRead: [PlanningQuantity] { [] }
}

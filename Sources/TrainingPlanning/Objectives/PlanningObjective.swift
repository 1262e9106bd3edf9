public import ScalingLaws

/// The cost that a plan minimises, stated once as a formula over the run, its loss and its spending.
///
/// ```swift
/// struct MinimumLoss: PlanningObjective {
///     let identifier = "min-loss"
///     …
///     func cost(of run: ObjectiveSymbols) -> Formula { run.loss }
/// }
/// ```
///
/// Callers rely on these promises:
/// - The objective is a pure value: the same formula every time, from any thread.
/// - The cost is finite wherever the loss is, and the smaller the better.
/// - The cost does not include limits: the planner handles budget, target loss and caps.
public protocol PlanningObjective: Sendable {
    /// The name that commands and files use, in lower case with hyphens.
    var identifier: String { get }

    /// The objective, in one line.
    var summary: String { get }

    /// The unit of the cost, such as `nats/token`, `FLOP` or `$`.
    var unit: String { get }

    /// The quantities that must be given with the question.
    var needs: [PlanningQuantity] { get }

    /// Quantities that the cost reads if all of them are given; without them, each is 0.
    var mayRead: [PlanningQuantity] { get }

    /// The cost of a run, to be made as small as possible.
    func cost(of run: ObjectiveSymbols) -> Formula
}

extension PlanningObjective {
    /// Nothing beyond the run.
    public var needs: [PlanningQuantity] { [] }

    /// No optional quantities.
    public var mayRead: [PlanningQuantity] { [] }
}

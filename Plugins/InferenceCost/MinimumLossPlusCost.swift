public import ScalingLaws
public import TrainingPlanning

/// The weighted sum of the loss and its cost: loss + λ·dollars.
///
/// λ is the worth of a dollar in nats per token, so the objective itself finds how much to spend and needs no budget.
/// Serving counts if tokens to be served are given. Our own composition of the loss with the cost of Sardana et al.
/// 2024, arXiv:2401.00448.
public struct MinimumLossPlusCost: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-loss-plus-cost`.
    public let identifier = "min-loss-plus-cost"

    /// The objective, in one line.
    public let summary = "the loss plus the weighted money for training, and for serving where it is given"

    /// The loss's unit.
    public let unit = "nats/token"

    /// The weight λ and the price of training.
    public let needs: [PlanningQuantity] = [.costWeight, .trainingPrice]

    /// The tokens to be served, with the price of serving.
    public let mayRead: [PlanningQuantity] = [.inferenceTokens, .servingPrice]

    /// Loss + λ·(training FLOPs · price + 2·N·inference tokens · price).
    public func cost(of run: ObjectiveSymbols) -> Formula {
        run.loss + run.given(.costWeight)
            * (run.given(.trainingPrice) * run.trainingFLOPs
                + run.given(.servingPrice) * (2 * run.parameters * run.given(.inferenceTokens)))
    }
}

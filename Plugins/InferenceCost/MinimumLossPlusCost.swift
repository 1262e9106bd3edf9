public import ScalingLaws
public import TrainingPlanning

/// The loss and what it costs, weighed: loss + λ·dollars.
///
/// λ says what a dollar is worth in nats per token, so that the objective itself finds how much to spend: it needs no
/// budget. Service counts where tokens to be served are given. Our own composition of the loss with the cost of Sardana
/// et al. 2024, arXiv:2401.00448.
public struct MinimumLossPlusCost: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-loss-plus-cost`.
    public let identifier = "min-loss-plus-cost"

    /// One line on what is minimised.
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

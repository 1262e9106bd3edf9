public import ScalingLaws
public import TrainingPlanning

/// The lowest total cost of training and serving that reaches a target loss.
///
/// The cost is the training FLOPs at the price of training, plus 2·N FLOPs for each token served at the price of
/// serving, with L(N, D) no higher than the target. The price of a FLOP is the price of an hour divided by the FLOPs of
/// that hour: peak × utilisation. This is the cost objective of Sardana et al. 2024, arXiv:2401.00448, with the user's
/// own prices and utilisations. Serving reaches less of the peak than training, so its FLOPs are more expensive.
public struct MinimumDollars: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-dollars`.
    public let identifier = "min-dollars"

    /// The objective, in one line.
    public let summary = "the least money over training and serving at a target loss"

    /// Dollars.
    public let unit = "$"

    /// A target loss, the tokens to be served, and the prices of training and serving.
    public let needs: [PlanningQuantity] = [.targetLoss, .inferenceTokens, .trainingPrice, .servingPrice]

    /// Training FLOPs · price + 2·N·inference tokens · price.
    public func cost(of run: ObjectiveSymbols) -> Formula {
        run.given(.trainingPrice) * run.trainingFLOPs
            + run.given(.servingPrice) * (2 * run.parameters * run.given(.inferenceTokens))
    }
}

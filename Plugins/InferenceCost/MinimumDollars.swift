public import ScalingLaws
public import TrainingPlanning

/// The least money over training and service that reaches a target loss.
///
/// Training FLOPs at the price of training plus 2·N FLOPs for each token served at the price of service, at L(N, D) no
/// higher than the target. A price of a FLOP is a price of an hour over what the hour does: peak × utilisation. This is
/// the cost objective of Sardana et al. 2024, arXiv:2401.00448, with the user's own prices and utilisations: service
/// reaches less of the peak than training, so that its FLOPs are dearer.
public struct MinimumDollars: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-dollars`.
    public let identifier = "min-dollars"

    /// One line on what is minimised.
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

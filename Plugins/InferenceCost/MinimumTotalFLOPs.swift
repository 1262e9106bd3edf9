public import ScalingLaws
public import TrainingPlanning

/// The least compute over training and service that reaches a target loss.
///
/// Training plus 2·N for each token served, at L(N, D) no higher than the target: Sardana et al. 2024,
/// arXiv:2401.00448, equation 2. Smaller models trained longer pay off when many tokens will be served.
public struct MinimumTotalFLOPs: PlanningObjective {
    /// Creates the objective.
    public init() {}

    /// `min-total-flops`.
    public let identifier = "min-total-flops"

    /// The objective, in one line.
    public let summary = "the least training plus serving compute at a target loss"

    /// Floating-point operations.
    public let unit = "FLOP"

    /// A target loss and the tokens to be served.
    public let needs: [PlanningQuantity] = [.targetLoss, .inferenceTokens]

    /// Training FLOPs + 2·N·inference tokens.
    public func cost(of run: ObjectiveSymbols) -> Formula {
        run.trainingFLOPs + 2 * run.parameters * run.given(.inferenceTokens)
    }
}

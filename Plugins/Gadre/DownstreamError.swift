public import ScalingLaws

/// From loss to downstream error, Err = ε − k·exp(−γ·L): the form of Gadre and others (2024).
///
/// ε is the error of a model that has learned nothing, an average over tasks. The three numbers come from the user's
/// fit to his own evaluations: they belong to one loss, one tokenizer and one set of tasks.
///
/// Source: Gadre and others 2024, arXiv:2403.08540, and its code (mlfoundations/scaling).
public struct DownstreamError: Sendable, Hashable {
    /// ε, the error towards which large losses go.
    public let ceiling: Double

    /// k, the fall of the error at zero loss.
    public let drop: Double

    /// γ, per nat.
    public let rate: Double

    /// Creates the relation.
    ///
    /// - Parameters:
    ///   - ceiling: ε, above 0 and at most 1.
    ///   - drop: k.
    ///   - rate: γ.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite, or a ceiling
    ///   above 1.
    public init(ceiling: Double, drop: Double, rate: Double) throws(LawError) {
        guard ceiling > 0, ceiling <= 1 else {
            throw .unusableQuantity("the error's ceiling (epsilon)", value: ceiling)
        }
        guard drop > 0, drop < .infinity else { throw .unusableQuantity("the error's drop (k)", value: drop) }
        guard rate > 0, rate < .infinity else { throw .unusableQuantity("the error's rate (gamma)", value: rate) }
        self.ceiling = ceiling
        self.drop = drop
        self.rate = rate
    }

    /// The downstream error at a loss.
    ///
    /// - Parameter loss: Nats per token.
    /// - Returns: A share of answers, never below 0.
    /// - Throws: `LawError.unusableQuantity` for a loss that is not positive and finite.
    public func error(atLoss loss: Double) throws(LawError) -> Double {
        guard loss > 0, loss < .infinity else { throw .unusableQuantity("the loss", value: loss) }
        return max(0, ceiling - drop * Elementary.exp(-rate * loss))
    }

    /// The loss at which an error is reached.
    ///
    /// - Parameter error: A share of answers, below the ceiling.
    /// - Returns: Nats per token.
    /// - Throws: `LawError.unusableQuantity` for an error that no positive loss reaches.
    public func loss(atError error: Double) throws(LawError) -> Double {
        guard error >= 0, error < ceiling else { throw .unusableQuantity("the downstream error", value: error) }
        let loss = Elementary.log(drop / (ceiling - error)) / rate
        guard loss > 0 else { throw .unusableQuantity("the loss at that downstream error", value: loss) }
        return loss
    }
}

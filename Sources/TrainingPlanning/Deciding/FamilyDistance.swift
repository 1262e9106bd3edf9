import ScalingLaws

/// The distance of a question from the range that a law was fitted on, in factors of ten; 0 inside, `nil` where the
/// law's range is not known.
///
/// The distance is that of the question and not of a run, so that no search can move to a place where a critical law
/// has little weight.
public struct FamilyDistance: Sendable, Hashable {
    /// In training compute.
    public var compute: Double?

    /// In epochs.
    public var epochs: Double?

    /// The distance in unique tokens, which matters less the less they repeat.
    public var uniqueTokens: Double?

    /// Creates a distance.
    public init(compute: Double?, epochs: Double?, uniqueTokens: Double?) {
        self.compute = compute
        self.epochs = epochs
        self.uniqueTokens = uniqueTokens
    }

    /// Measures a question.
    ///
    /// - Parameters:
    ///   - scope: The question.
    ///   - range: The range that the law was fitted on.
    init(of scope: QuestionScope, beyond range: ValidityRange) {
        compute = ValidityRange.decades(of: scope.compute, beyond: range.compute)
        epochs = ValidityRange.decades(
            of: scope.epochs, beyond: range.epochs.map { Swift.min(1, $0.lowerBound)...$0.upperBound })
        // A single-epoch law does not depend on unique tokens; its epochs already count.
        uniqueTokens =
            range.epochs?.upperBound == 1
            ? 0
            : ValidityRange.decades(of: scope.uniqueTokens, beyond: range.uniqueTokens).map {
                $0 * (1 - 1 / scope.epochs)
            }
    }

    /// Whether all parts are known, and inside.
    public var isInside: Bool { compute == 0 && epochs == 0 && uniqueTokens == 0 }

    /// The distance assumed for a range that the source does not state: a factor of ten outside, since unknown is never
    /// inside.
    static let unknown = 1.0

    /// The distance at which a family's weight is halved, in factors of ten of compute and of unique tokens: where the
    /// median error of forecasts from cheaper runs has doubled.
    static let halfWidth = 1.0

    /// The same for epochs, where laws of repetition go wrong sooner.
    static let epochHalfWidth = 0.25

    /// The factor on a family's weight, from 1 inside its range to 0 far away.
    var attenuation: Double {
        func part(_ distance: Double?, _ width: Double) -> Double {
            let ratio = (distance ?? Self.unknown) / width
            return 1 / (1 + ratio * ratio)
        }
        return part(compute, Self.halfWidth) * part(epochs, Self.epochHalfWidth) * part(uniqueTokens, Self.halfWidth)
    }
}

/// The scale of a question, which decides how much weight each family of laws has.
struct QuestionScope: Sendable, Hashable {
    /// The training compute that can be spent at most.
    let compute: Double

    /// The passes over the unique tokens at the usual ratio of tokens to parameters.
    let epochs: Double

    /// The unique tokens.
    let uniqueTokens: Double

    /// Places a question.
    ///
    /// - Parameters:
    ///   - compute: The training compute that can be spent at most.
    ///   - uniqueTokens: The unique tokens.
    ///   - mostTokens: The most training tokens that caps allow; infinite without any.
    ///   - mostEpochs: The most epochs that any of the laws was fitted on: beyond them more do not matter.
    init(compute: Double, uniqueTokens: Double, mostTokens: Double, mostEpochs: Double) {
        self.compute = compute
        self.uniqueTokens = uniqueTokens
        let tokens = Swift.min((DataWall.usualTokensPerParameter * compute / 6).squareRoot(), mostTokens)
        epochs = Swift.min(Swift.max(tokens / uniqueTokens, 1), Swift.max(mostEpochs, 1))
    }

    /// The same question in tokens of another size.
    init(_ scope: QuestionScope, uniqueTokens: Double) {
        compute = scope.compute
        epochs = scope.epochs
        self.uniqueTokens = uniqueTokens
    }
}

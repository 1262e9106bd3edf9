import Quantities
import ScalingLaws

/// The answers of several mixture methods to one question: that of the method followed, and those of others.
public struct MixtureComparison: Sendable {
    /// The answer of one method.
    public struct Answer: Sendable {
        /// The method's name.
        public var method: String

        /// One line on how it chooses weights.
        public var summary: String

        /// Its allocation, or the reason why it has none.
        public var result: Result<MixtureAllocation, MixtureError>
    }

    /// The question.
    public var question: MixtureQuestion

    /// The allocation of the method that is followed.
    public var chosen: MixtureAllocation

    /// One line on how the method that is followed chooses weights.
    public var summary: String

    /// Every method's answer, including that of the method followed.
    public var answers: [Answer]

    /// Effective tokens of the method that is followed with every cap lifted, where a cap binds.
    public var effectiveTokensWithoutCaps: Double?

    /// The share of the quality effect that the pull removes, from 0 to 1.
    ///
    /// It is `nil` if qualities are equal, if there is no pull, or if the followed method does not solve for the most
    /// effective tokens.
    ///
    /// The effect of qualities is the logarithm of a ratio: the most effective tokens (without a pull) over those of
    /// the mixture that equal qualities would give. Both are evaluated with the real qualities and under the same caps.
    /// The effect left after the followed method's pull is the same logarithm for its own mixture.
    public var removedQualityEffect: Double?

    /// Effective tokens of the same weights with copies removed, if they stay in the files.
    public var effectiveTokensWithoutCopies: Double?

    /// Warnings for the reader.
    public var warnings: [PlanWarning]

    /// Runs the methods on a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - method: The method to follow.
    ///   - others: The methods to show for comparison; one with the name of `method` is left out.
    /// - Throws: A ``MixtureError`` for more tokens than the caps allow, and the errors of the method to follow. The
    ///   errors of the others are in their answers.
    public init(
        _ question: MixtureQuestion, following method: any MixtureMethod, beside others: [any MixtureMethod] = []
    ) throws(MixtureError) {
        try question.checkLimits()
        self.question = question
        let chosen = try method.allocation(for: question)
        self.chosen = chosen
        summary = method.summary
        answers = []
        for other in others {
            if other.identifier == method.identifier { continue }
            let result: Result<MixtureAllocation, MixtureError>
            do throws(MixtureError) {
                result = .success(try other.allocation(for: question))
            } catch { result = .failure(error) }
            answers.append(Answer(method: other.identifier, summary: other.summary, result: result))
        }
        let own = Answer(method: method.identifier, summary: method.summary, result: .success(chosen))
        let place = others.firstIndex { $0.identifier == method.identifier } ?? 0
        answers.insert(own, at: Swift.min(place, answers.count))
        if chosen.sources.contains(where: \.isBinding) {
            effectiveTokensWithoutCaps = try? method.allocation(for: question.withoutCaps).effectiveTokens
        }
        if let question = question.withoutCopies {
            effectiveTokensWithoutCopies = try MixtureAllocation(
                method: chosen.method, weights: chosen.weights, for: question
            ).effectiveTokens
        }
        if chosen.waterLevel != nil { removedQualityEffect = try Self.removedQualityEffect(of: chosen, in: question) }
        warnings = []
        warn()
    }

    private static func removedQualityEffect(
        of chosen: MixtureAllocation, in question: MixtureQuestion
    ) throws(MixtureError) -> Double? {
        guard question.pull.strength > 0, !question.hasEqualQualities else { return nil }
        var free = question
        free.pull = .none
        let most = try free.problem().solved().effectiveTokens
        var equal = question
        for index in equal.sources.indices { equal.sources[index].quality = 1 }
        let blind = try MixtureAllocation(
            method: "equal qualities", weights: try equal.problem().solved().weights, for: question
        ).effectiveTokens
        let effect = Elementary.log(most / blind)
        guard effect > 1e-9 else { return nil }
        return Swift.min(1, Swift.max(0, 1 - Elementary.log(chosen.effectiveTokens / blind) / effect))
    }

    /// Passes beyond which more are known to add next to nothing: at 16 a repeat is worth little, at 40 nothing.
    ///
    /// Source: Muennighoff et al. 2023, arXiv:2305.16264.
    private static let manyEpochs = 16.0
    private static let worthlessEpochs = 40.0

    private mutating func warn() {
        func add(
            _ code: String, _ severity: PlanWarning.Severity, _ message: String, _ value: Double?, _ limit: Double?
        ) {
            warnings.append(
                PlanWarning(code: code, severity: severity, message: message, value: value, limit: limit))
        }
        for allocation in chosen.sources {
            let name = allocation.source.name
            let epochs = Quantity.rounded(allocation.epochs)
            if allocation.exceedsCap, let cap = allocation.source.maxEpochs {
                add(
                    "over_cap", .warning,
                    "Method '\(chosen.method)' ignores caps: it reads source '\(name)' \(epochs) times, over its cap of "
                        + "\(Quantity.rounded(cap)).",
                    allocation.epochs, cap)
            }
            if allocation.missesFloor {
                add(
                    "under_floor", .warning,
                    "Method '\(chosen.method)' ignores floors: source '\(name)' gets "
                        + "\(Quantity.percent(allocation.weight)), less than its floor of \(Quantity.percent(allocation.source.floor)).",
                    allocation.weight, allocation.source.floor)
            }
            if allocation.epochs > Self.worthlessEpochs {
                add(
                    "worthless_repeats", .warning,
                    "Source '\(name)' is read \(epochs) times. After about 40 epochs repeats were measured to be worth nothing.",
                    allocation.epochs, Self.worthlessEpochs)
            } else if allocation.epochs > Self.manyEpochs {
                add(
                    "many_epochs", .warning,
                    "Source '\(name)' is read \(epochs) times. After about 16 epochs repeats were measured to be worth "
                        + "little, and they can do harm that this curve does not model.",
                    allocation.epochs, Self.manyEpochs)
            }
        }
        for allocation in chosen.sources where allocation.source.onset < 1 {
            let reads = allocation.epochs / allocation.source.onset
            guard reads > Self.worthlessEpochs, allocation.epochs <= Self.worthlessEpochs else { continue }
            add(
                "copies_read_often", .warning,
                "Copies stay in the files of source '\(allocation.source.name)': read "
                    + "\(Quantity.count(allocation.epochs, "time")) on average, its texts with most copies are read "
                    + "\(Quantity.count(reads, "time")).",
                reads, Self.worthlessEpochs)
        }
        if !question.hasEqualQualities, question.forecast?.isCalibrated != true {
            let qualities = question.sources.map(\.quality)
            let ratio = (qualities.max() ?? 1) / (qualities.min() ?? 1)
            add(
                "hand_set_quality", .info,
                "Qualities set by hand decide a great deal: compare the weights at their roots and squares.",
                ratio.isFinite ? ratio : nil, nil)
        }
        if let forecast = question.forecast, forecast.tellsRepeats {
            add(
                "repeats_over_sources", .info,
                "Law '\(forecast.law.identifier)' uses the token-weighted mean of repeats over sources, "
                    + "\(Quantity.rounded(chosen.worth.repeats)): this project's reading, not its authors'.",
                chosen.worth.repeats, nil)
        }
    }
}

/// The data there are to train on: unique tokens, by source where known.
public struct DataSupply: Sendable, Hashable {
    /// The unique tokens available.
    public let uniqueTokens: Double

    /// The tokens that one pass over the files as they will be trained on shows: the unique ones where copies are
    /// removed, all of them where they stay.
    public let fileTokens: Double

    /// What happens to copies before training.
    public let treatment: CopyTreatment

    /// Bytes of text per token, where known.
    public let bytesPerToken: Double?

    /// The sources, where known; their unique tokens add up to the supply's, and their qualities have a mean of 1 over
    /// unique tokens.
    public let sources: [SourceSupply]

    /// Creates a supply whose composition is not known.
    ///
    /// - Parameters:
    ///   - uniqueTokens: The unique tokens available.
    ///   - bytesPerToken: Bytes of text per token, where known.
    /// - Throws: A ``PlanningError`` for a quantity that is not positive and finite.
    public init(uniqueTokens: Double, bytesPerToken: Double? = nil) throws(PlanningError) {
        try PlanningError.check(uniqueTokens, "the supply of unique tokens")
        if let bytesPerToken { try PlanningError.check(bytesPerToken, "the supply's bytes per token") }
        self.uniqueTokens = uniqueTokens
        fileTokens = uniqueTokens
        treatment = .dedup
        self.bytesPerToken = bytesPerToken
        sources = []
    }

    /// Creates a supply from its sources.
    ///
    /// Only ratios of qualities matter: they are normalised to a mean of 1 over unique tokens.
    ///
    /// - Parameters:
    ///   - sources: The sources; those without tokens are left out.
    ///   - fileTokens: The tokens of the files with their copies, where copies stay; `nil` where they are removed.
    ///   - bytesPerToken: Bytes of text per token, where known.
    /// - Throws: A ``PlanningError`` for sources named twice, a quantity out of range, or a supply of nothing.
    public init(
        sources: [SourceSupply], fileTokens: Double? = nil, bytesPerToken: Double? = nil
    ) throws(PlanningError) {
        var names: Set<String> = []
        var total = 0.0
        for source in sources {
            guard names.insert(source.name).inserted else {
                throw .contradiction("the source '\(source.name)' stands twice in the supply: join the two")
            }
            guard source.uniqueTokens >= 0, source.uniqueTokens < .infinity else {
                throw .unusableQuantity(
                    "the unique tokens of source '\(source.name)'", value: source.uniqueTokens,
                    expected: "0 or more and finite")
            }
            guard source.quality >= 0, source.quality < .infinity else {
                throw .unusableQuantity(
                    "the quality of source '\(source.name)'", value: source.quality, expected: "0 or more and finite")
            }
            if let cap = source.maxEpochs {
                try PlanningError.check(cap, "the most epochs of source '\(source.name)'")
            }
            guard source.floor >= 0, source.floor <= 1 else {
                throw .unusableQuantity(
                    "the floor of source '\(source.name)'", value: source.floor, expected: "a share from 0 to 1")
            }
            total += source.uniqueTokens
        }
        try PlanningError.check(total, "the supply of unique tokens")
        if let bytesPerToken { try PlanningError.check(bytesPerToken, "the supply's bytes per token") }
        if let fileTokens {
            guard fileTokens >= total * (1 - 1e-9), fileTokens < .infinity else {
                throw .unusableQuantity(
                    "the tokens of the files", value: fileTokens, expected: "no fewer than the \(total) unique ones")
            }
        }
        uniqueTokens = total
        self.fileTokens = fileTokens ?? total
        treatment = fileTokens == nil ? .dedup : .asIs
        self.bytesPerToken = bytesPerToken
        self.sources = try Self.normalized(sources.filter { $0.uniqueTokens > 0 })
    }

    /// The sources with qualities whose mean over unique tokens is 1.
    private static func normalized(_ sources: [SourceSupply]) throws(PlanningError) -> [SourceSupply] {
        let largest = sources.map(\.quality).max() ?? 1
        guard largest > 0 else {
            throw .contradiction("every source has a quality of 0, which leaves nothing to train on: raise one")
        }
        // Relative to the largest first, so that common factors cancel and equal qualities become exactly 1.
        var (sum, tokens) = (0.0, 0.0)
        for source in sources {
            sum += source.quality / largest * source.uniqueTokens
            tokens += source.uniqueTokens
        }
        let mean = sum / tokens
        return sources.map { source in
            var source = source
            source.quality = source.quality / largest / mean
            return source
        }
    }

    /// The most training tokens that the caps of the sources allow together, or `nil` where one has no cap.
    public var mostTokens: Double? {
        guard !sources.isEmpty else { return nil }
        var total = 0.0
        for source in sources {
            guard let cap = source.maxEpochs else { return nil }
            total += cap * source.uniqueTokens
        }
        return total
    }
}

/// The best plan if only the best share of the unique tokens is kept.
///
/// A loss law knows nothing of quality: the excess is what the cut costs in data, to be weighed against what the better
/// data give.
public struct QualityCut: Sendable, Hashable {
    /// The share of the unique tokens that is kept.
    public var share: Double

    /// The lowest quality kept, relative to the mean of all.
    public var quality: Double

    /// The mean quality of what is kept, relative to the mean of all.
    public var meanQuality: Double

    /// The unique tokens kept.
    public var uniqueTokens: Double

    /// Passes over them.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss that the law predicts, which knows nothing of quality; `nil` where several laws were weighed.
    public var loss: Double?

    /// The cost beyond that of the plan for all data, in the objective's unit; where several laws were weighed, the rise
    /// of the mean of ln cost.
    public var excess: Double
}

extension QualityCut {
    /// The most cuts that are planned for.
    private static var mostCuts: Int { 20 }

    /// The cuts of a supply by quality, from the narrowest to all.
    ///
    /// - Parameters:
    ///   - supply: The data there are.
    ///   - plan: Plans for what is kept, and tells of the run and of its excess; `nil` where there is no plan.
    /// - Returns: The cuts that have a plan.
    /// - Throws: What `plan` throws.
    static func frontier(
        of supply: DataSupply,
        plan: (DataSupply, (Recommendation, Double) -> QualityCut) throws(PlanningError) -> QualityCut?
    ) throws(PlanningError) -> [QualityCut] {
        var cuts: [QualityCut] = []
        var (tokens, worth, listed) = (0.0, 0.0, 0.0)
        let buckets = supply.qualities
        for (index, bucket) in buckets.enumerated() {
            tokens += bucket.uniqueTokens
            worth += bucket.quality * bucket.uniqueTokens
            // What is of one quality is kept or cut together.
            let isLast = index == buckets.count - 1
            guard isLast || buckets[index + 1].quality < bucket.quality else { continue }
            let share = isLast ? 1 : tokens / supply.uniqueTokens
            // Many buckets are thinned to steps of equal ratio between shares.
            guard isLast || buckets.count <= mostCuts || share >= listed * 1.25 else { continue }
            listed = share
            let mean = worth / tokens
            let cut = try plan(supply.keeping(qualityFrom: bucket.quality)) { run, excess in
                QualityCut(
                    share: share, quality: bucket.quality, meanQuality: mean,
                    uniqueTokens: supply.uniqueTokens * share, epochs: run.epochs, parameters: run.parameters,
                    tokens: run.tokens, loss: run.loss, excess: Swift.max(0, excess))
            }
            if let cut { cuts.append(cut) }
        }
        return cuts
    }
}

extension QualityCut {
    /// A cut before its fields are read from a file.
    package static let blank = QualityCut(
        share: 0, quality: 0, meanQuality: 0, uniqueTokens: 0, epochs: 0, parameters: 0, tokens: 0, excess: 0)
}

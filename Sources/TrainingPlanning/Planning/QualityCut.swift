/// The best plan if only the best share of the unique tokens is kept.
///
/// A loss law does not see quality. So the excess is the cost of the cut in data, to be weighed against the benefit of
/// the better data.
public struct QualityCut: Sendable, Hashable {
    /// The share of the unique tokens that is kept.
    public var share: Double

    /// The lowest quality kept, relative to the mean of all.
    public var quality: Double

    /// The mean quality of the data kept, relative to the mean of all.
    public var meanQuality: Double

    /// The unique tokens kept.
    public var uniqueTokens: Double

    /// Passes over them.
    public var epochs: Double

    /// N.
    public var parameters: Double

    /// D.
    public var tokens: Double

    /// The loss that the law predicts, which ignores quality; `nil` if several laws were weighed.
    public var loss: Double?

    /// The cost above that of the plan for all data, in the objective's unit; if several laws were weighed, the rise of
    /// the mean of ln cost.
    public var excess: Double
}

extension QualityCut {
    /// The most cuts that are planned for.
    private static var mostCuts: Int { 20 }

    /// The cuts of a supply by quality, from the narrowest to all.
    ///
    /// - Parameters:
    ///   - supply: The data available.
    ///   - plan: Makes a plan for the data kept and reports its run and excess; returns `nil` if there is no plan.
    /// - Returns: The cuts that have a plan.
    /// - Throws: The errors of `plan`.
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
            // Data of one quality are kept or cut together.
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

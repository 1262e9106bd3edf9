/// The data available for training: unique tokens, by source, with copies and quality if known.
public struct DataSupply: Sendable, Hashable {
    /// The unique tokens available.
    public private(set) var uniqueTokens: Double

    /// The tokens that one pass over the training files reads: the unique ones if copies are removed, all of them if
    /// copies stay.
    public private(set) var fileTokens: Double

    /// The treatment of copies before training.
    public let treatment: CopyTreatment

    /// Bytes of text per token, where known.
    public let bytesPerToken: Double?

    /// The sources, where known; their unique tokens add up to the supply's, and their qualities have a mean of 1 over
    /// unique tokens.
    public private(set) var sources: [SourceSupply]

    /// The mean of the original qualities over unique tokens, by which those of ``sources`` are divided.
    public private(set) var meanQuality = 1.0

    /// How often texts are in the files, where copies stay: from few copies to many.
    ///
    /// Empty where copies are removed.
    public private(set) var copies: [CopyBucket]

    /// Unique tokens by quality, the best first, with a mean of 1; empty if quality is unknown or the same for all.
    public private(set) var qualities: [QualityBucket]

    /// The range of the share of unique tokens that may be truly unique, since exact copies are only a lower bound of
    /// all copies; `nil` to take the count as it is.
    ///
    /// ``uniqueTokens`` are those of its middle, and its ends are carried into intervals.
    public private(set) var uniqueFactor: ClosedRange<Double>?

    /// Rewritten or synthetic tokens that plans may add, if they are described.
    public internal(set) var derived: DerivedSupply?

    /// Whether there are more data than any run can read.
    public internal(set) var isAmple = false

    /// The geometric middle of ``uniqueFactor``; 1 without one.
    public var middleFactor: Double {
        uniqueFactor.map { ($0.lowerBound * $0.upperBound).squareRoot() } ?? 1
    }

    /// The most unique tokens that a supply may have: a larger number is a mistake in its unit.
    public static let mostUniqueTokens = 1e18

    /// Creates a supply whose composition is not known.
    ///
    /// - Parameters:
    ///   - uniqueTokens: The unique tokens available.
    ///   - bytesPerToken: Bytes of text per token, where known.
    /// - Throws: A ``MixtureError`` for a quantity that is not positive and finite.
    public init(uniqueTokens: Double, bytesPerToken: Double? = nil) throws(MixtureError) {
        try Self.check(uniqueTokens)
        if let bytesPerToken { try MixtureError.check(bytesPerToken, "the supply's bytes per token") }
        self.uniqueTokens = uniqueTokens
        fileTokens = uniqueTokens
        treatment = .dedup
        self.bytesPerToken = bytesPerToken
        sources = []
        copies = []
        qualities = []
    }

    /// Creates a supply from its sources.
    ///
    /// Only ratios of qualities matter: they are normalised to a mean of 1 over unique tokens.
    ///
    /// - Parameters:
    ///   - sources: The sources; those without tokens are left out.
    ///   - copies: How often texts occur in the files, if copies stay; `nil` if they are removed.
    ///   - qualities: Unique tokens by quality; `nil` to make each source one bucket.
    ///   - bytesPerToken: Bytes of text per token, if known.
    /// - Throws: A ``MixtureError`` for sources named twice, a quantity out of range, copies that do not belong to the
    ///   sources, or an empty supply.
    public init(
        sources: [SourceSupply], copies: [CopyBucket]? = nil, qualities: [QualityBucket]? = nil,
        bytesPerToken: Double? = nil
    ) throws(MixtureError) {
        try SourceSupply.check(sources, of: "supply", allowsEmpty: true)
        let total = sources.reduce(0) { $0 + $1.uniqueTokens }
        try Self.check(total)
        if let bytesPerToken { try MixtureError.check(bytesPerToken, "the supply's bytes per token") }
        let buckets = try copies.map { buckets throws(MixtureError) in try Self.checked(buckets, total: total) }
        uniqueTokens = total
        fileTokens = buckets?.fileTokens ?? total
        treatment = copies == nil ? .dedup : .asIs
        self.bytesPerToken = bytesPerToken
        let present = sources.filter { $0.uniqueTokens > 0 }
        self.copies = buckets ?? []
        let mean = try Self.meanQuality(
            present.map { QualityBucket(quality: $0.quality, uniqueTokens: $0.uniqueTokens) })
        meanQuality = mean.largest * mean.mean
        self.sources = present.map { source in
            var source = source
            source.quality = mean.relative(source.quality)
            return source
        }
        let levels =
            qualities
            ?? present.map { QualityBucket(quality: $0.quality, uniqueTokens: $0.uniqueTokens, source: $0.name) }
        self.qualities = try Self.levels(levels)
    }

    /// The most training tokens of real text that the caps of the sources allow; `nil` if nothing limits them.
    ///
    /// The caps limit the sum of all sources, and the cap of a source with a floor limits the total.
    public var mostTokens: Double? {
        guard !sources.isEmpty else { return nil }
        var total = 0.0
        var most = Double.infinity
        for source in sources {
            guard let cap = source.maxEpochs else {
                total = .infinity
                continue
            }
            total += cap * source.uniqueTokens
            // A source that must have a share of the tokens bounds them all by its own cap.
            if source.floor > 0 { most = Swift.min(most, cap * source.uniqueTokens / source.floor) }
        }
        most = Swift.min(most, total)
        return most < .infinity ? most : nil
    }

    // MARK: What if

    /// The supply with more fresh tokens of average quality, without copies or a cap.
    ///
    /// - Parameters:
    ///   - tokens: The further unique tokens.
    ///   - name: The name of the further source.
    /// - Returns: The larger supply.
    /// - Throws: A ``MixtureError`` for tokens that are not positive and finite, or a name that is taken.
    public func adding(uniqueTokens tokens: Double, named name: String = "what-if") throws(MixtureError) -> DataSupply {
        try MixtureError.check(tokens, "the further unique tokens")
        guard !sources.contains(where: { $0.name == name }) else {
            throw .contradiction("the supply has a source '\(name)' already: give the further tokens another name")
        }
        var supply = self
        supply.uniqueTokens += tokens
        supply.fileTokens += tokens
        if !sources.isEmpty { supply.sources.append(SourceSupply(name: name, uniqueTokens: tokens)) }
        if !copies.isEmpty {
            supply.copies = try Self.checked(
                copies + [CopyBucket(copies: 1, uniqueTokens: tokens)], total: supply.uniqueTokens)
        }
        if !qualities.isEmpty {
            supply.qualities = try Self.levels(
                qualities + [QualityBucket(quality: 1, uniqueTokens: tokens, source: name)])
        }
        return supply
    }

    /// The supply with a share of its unique tokens truly unique, from one end of a range to the other.
    ///
    /// - Parameter factor: The range; its upper end is at most 1, since only exact copies are known.
    /// - Returns: The supply with the unique tokens of the range's middle, whose plans carry both ends into their
    ///   intervals.
    /// - Throws: A ``MixtureError`` for a range outside of 0 to 1.
    public func with(uniqueFactor factor: ClosedRange<Double>) throws(MixtureError) -> DataSupply {
        guard factor.lowerBound > 0, factor.upperBound <= 1 else {
            throw .unusableQuantity(
                "the unique factor", value: factor.lowerBound > 0 ? factor.upperBound : factor.lowerBound,
                expected: "a share above 0 and up to 1")
        }
        var supply = sharing((factor.lowerBound * factor.upperBound).squareRoot() / middleFactor)
        supply.uniqueFactor = factor
        return supply
    }

    /// The supply with its unique tokens and its files scaled by a factor, in the same composition.
    package func scaled(by factor: Double) -> DataSupply {
        var supply = sharing(factor)
        supply.fileTokens = fileTokens * factor
        for index in supply.copies.indices { supply.copies[index].copies = copies[index].copies }
        return supply
    }

    /// The same supply of another size.
    ///
    /// - Parameter tokens: The unique tokens.
    /// - Returns: A supply of the same composition.
    /// - Throws: A ``MixtureError`` for tokens that are not positive and finite.
    public func resized(uniqueTokens tokens: Double) throws(MixtureError) -> DataSupply {
        try MixtureError.check(tokens, "the supply of unique tokens")
        return scaled(by: tokens / uniqueTokens)
    }

    /// The same files if only a share of their unique tokens is truly unique.
    package func sharing(_ share: Double) -> DataSupply {
        var supply = self
        supply.uniqueTokens *= share
        supply.derived?.uniqueTokens *= share
        for index in supply.sources.indices { supply.sources[index].uniqueTokens *= share }
        for index in supply.qualities.indices { supply.qualities[index].uniqueTokens *= share }
        for index in supply.copies.indices {
            supply.copies[index].uniqueTokens *= share
            supply.copies[index].copies /= share
        }
        return supply
    }

    /// The data of a quality and better, with the caps of the sources that they belong to.
    package func keeping(qualityFrom quality: Double) -> DataSupply {
        let kept = qualities.filter { $0.quality >= quality }
        let total = kept.reduce(0) { $0 + $1.uniqueTokens }
        var supply = scaled(by: total / uniqueTokens)
        guard kept.allSatisfy({ $0.source != nil }) else { return supply }
        supply.sources = sources.compactMap { source in
            var source = source
            source.uniqueTokens = kept.reduce(0) { $0 + ($1.source == source.name ? $1.uniqueTokens : 0) }
            return source.uniqueTokens > 0 ? source : nil
        }
        return supply
    }

    /// The same data with copies removed.
    package var withoutCopies: DataSupply? {
        guard treatment == .asIs else { return nil }
        return DataSupply(withoutCopiesOf: self)
    }

    private init(withoutCopiesOf other: DataSupply) {
        uniqueTokens = other.uniqueTokens
        fileTokens = other.uniqueTokens
        treatment = .dedup
        bytesPerToken = other.bytesPerToken
        sources = other.sources
        meanQuality = other.meanQuality
        copies = []
        qualities = other.qualities
        uniqueFactor = other.uniqueFactor
        derived = other.derived
    }

    // MARK: Checking

    private static func check(_ uniqueTokens: Double) throws(MixtureError) {
        try MixtureError.check(uniqueTokens, "the supply of unique tokens")
        guard uniqueTokens <= mostUniqueTokens else {
            throw .unusableQuantity(
                "the supply of unique tokens", value: uniqueTokens, expected: "1e18 at most: there is no more text")
        }
    }

    /// Buckets sorted by their copies; buckets with the same number are merged.
    private static func checked(_ buckets: [CopyBucket], total: Double) throws(MixtureError) -> [CopyBucket] {
        var joined: [CopyBucket] = []
        for bucket in buckets.sorted(by: { $0.copies < $1.copies }) where bucket.uniqueTokens > 0 {
            guard bucket.copies >= 1, bucket.fileTokens < .infinity else {
                throw .unusableQuantity("the copies of a text", value: bucket.copies, expected: "1 or more and finite")
            }
            if let last = joined.last, bucket.copies <= last.copies * (1 + 1e-9) {
                joined[joined.count - 1].uniqueTokens += bucket.uniqueTokens
            } else {
                joined.append(bucket)
            }
        }
        let counted = joined.uniqueTokens
        guard abs(counted - total) <= 1e-6 * total else {
            throw .unusableQuantity(
                "the unique tokens in the histogram of copies", value: counted,
                expected: "the \(total) of the sources")
        }
        return joined
    }

    private struct MeanQuality {
        var largest: Double
        var mean: Double

        /// Relative to the largest first, so that common factors cancel and equal qualities become exactly 1.
        func relative(_ quality: Double) -> Double { quality / largest / mean }
    }

    private static func meanQuality(_ buckets: [QualityBucket]) throws(MixtureError) -> MeanQuality {
        let largest = buckets.map(\.quality).max() ?? 1
        guard largest > 0 else {
            throw .contradiction("all data have a quality of 0, which leaves nothing to train on: raise one")
        }
        var (sum, tokens) = (0.0, 0.0)
        for bucket in buckets {
            sum += bucket.quality / largest * bucket.uniqueTokens
            tokens += bucket.uniqueTokens
        }
        return MeanQuality(largest: largest, mean: sum / tokens)
    }

    /// Buckets from the best quality down, with a mean of 1; equal ones are merged, and the result is empty if all are
    /// equal.
    private static func levels(_ buckets: [QualityBucket]) throws(MixtureError) -> [QualityBucket] {
        var joined: [QualityBucket] = []
        for bucket in buckets.sorted(by: { $0.quality > $1.quality }) where bucket.uniqueTokens > 0 {
            guard bucket.quality >= 0, bucket.quality < .infinity, bucket.uniqueTokens < .infinity else {
                throw .unusableQuantity("a quality", value: bucket.quality, expected: "0 or more and finite")
            }
            if let last = joined.last, bucket.quality == last.quality, bucket.source == last.source {
                joined[joined.count - 1].uniqueTokens += bucket.uniqueTokens
            } else {
                joined.append(bucket)
            }
        }
        guard let first = joined.first, joined.contains(where: { $0.quality != first.quality }) else { return [] }
        let mean = try meanQuality(joined)
        return joined.map { bucket in
            var bucket = bucket
            bucket.quality = mean.relative(bucket.quality)
            return bucket
        }
    }
}

/// The treatment of copies before training.
public enum CopyTreatment: String, Sendable, Hashable, CaseIterable {
    /// Copies are removed, so that a pass over the files shows every unique token once.
    case dedup

    /// Copies stay, so a text with many copies is seen more often in proportion.
    case asIs = "is"
}

/// Unique tokens of about the same quality.
public struct QualityBucket: Sendable, Hashable {
    /// The relative worth of a token; only ratios matter.
    public var quality: Double

    /// The unique tokens.
    public var uniqueTokens: Double

    /// The source that they belong to, where known.
    public var source: String?

    /// Creates a bucket.
    public init(quality: Double, uniqueTokens: Double, source: String? = nil) {
        self.quality = quality
        self.uniqueTokens = uniqueTokens
        self.source = source
    }
}

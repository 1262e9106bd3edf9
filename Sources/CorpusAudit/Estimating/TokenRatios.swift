import TokenCounting

/// Tokens per byte of each source, from the units of a sample that were counted.
///
/// Sources differ in language, and so in bytes per token. So each source is a stratum if its sample is large enough for
/// an interval. Sources with fewer units share one stratum; if that is still too small, they use the ratio of all
/// sources.
struct TokenRatios: Sendable {
    /// Sources that share a ratio.
    struct Stratum: Sendable {
        /// Their places in the audit.
        var sources: [Int]
        /// The units the ratio is of.
        var sample: TokenRatioSample
        /// Whether the sample is that of all sources.
        var isBorrowed = false

        /// Tokens per byte of text.
        var ratio: Double { sample.bytes == 0 ? 0 : Double(sample.tokens) / Double(sample.bytes) }
    }

    let share: SampleShare
    let strata: [Stratum]
    private let ratioOfSource: [Double]

    /// Ratios from the samples of sources, by place.
    init(_ samples: [TokenRatioSample], share: SampleShare) {
        func pooled(_ sources: some Sequence<Int>) -> TokenRatioSample {
            sources.reduce(into: TokenRatioSample()) { $0.merge(samples[$1]) }
        }
        func isLarge(_ sample: TokenRatioSample) -> Bool { sample.documents >= TokenRatioSample.fewestDocuments }
        var strata = samples.indices.filter { isLarge(samples[$0]) }.map { source in
            Stratum(sources: [source], sample: samples[source])
        }
        let small = samples.indices.filter { !isLarge(samples[$0]) }
        if !small.isEmpty {
            let joined = pooled(small)
            strata.append(
                isLarge(joined)
                    ? Stratum(sources: small, sample: joined)
                    : Stratum(sources: small, sample: pooled(samples.indices), isBorrowed: !strata.isEmpty))
        }
        var ratios = [Double](repeating: 0, count: samples.count)
        for stratum in strata { for source in stratum.sources { ratios[source] = stratum.ratio } }
        self.share = share
        self.strata = strata
        ratioOfSource = ratios
    }

    /// Whether nothing was counted that could say how many bytes a token has.
    var isEmpty: Bool { strata.allSatisfy { $0.sample.bytes == 0 } }

    /// The parts of a token that ``amount(of:counted:source:)`` is given in.
    static let unitsPerToken = 1_024

    /// The tokens of a unit, in parts of a token: counted if it is in the sample, else estimated.
    @inline(__always)
    func amount(of record: UnitRecord, counted: UInt32, source: Int) -> Int {
        guard !share.holds(record.fingerprint) else { return Int(counted) * Self.unitsPerToken }
        return Int((Double(record.bytes) * ratioOfSource[source] * Double(Self.unitsPerToken)).rounded())
    }

    /// The 95 % confidence interval of bytes per token, or `nil` if a sample is too small for one.
    ///
    /// The variances of strata add up. The error of a borrowed ratio depends on those of the others, so it is added as
    /// a whole.
    ///
    /// - Parameters:
    ///   - tokens: The corpus's tokens as estimated.
    ///   - bytes: Bytes of text by source.
    ///   - units: Distinct units by source.
    /// - Returns: The interval.
    func bytesPerToken(tokens: Int, bytes: [Int], units: [Int]) -> ClosedRange<Double>? {
        var variance = 0.0
        var borrowed = 0.0
        for stratum in strata {
            let size = stratum.sources.reduce(0) { $0 + bytes[$1] }
            guard size > 0 else { continue }
            let estimate = stratum.sample.tokens(corpusBytes: size, corpusDocuments: distinct(stratum, units))
            guard let interval = estimate?.interval else { return nil }
            let reach = (interval.upperBound - interval.lowerBound) / 2
            if stratum.isBorrowed { borrowed += reach } else { variance += reach * reach }
        }
        let (size, count) = (Double(bytes.reduce(0, +)), Double(tokens))
        let reach = variance.squareRoot() + borrowed
        return size > 0 && count > reach ? size / (count + reach)...size / (count - reach) : nil
    }

    /// The number of distinct units that a stratum's sample was drawn from, if known.
    func distinct(_ stratum: Stratum, _ units: [Int]) -> Int? {
        stratum.isBorrowed ? nil : stratum.sources.reduce(0) { $0 + units[$1] }
    }
}

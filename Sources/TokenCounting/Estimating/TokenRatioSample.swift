/// Tokens per byte from a sample of documents, with a confidence interval, for corpora that are too large to count in
/// full.
///
/// The ratio of the sample's tokens to its bytes, times the corpus's bytes, estimates the corpus's tokens. Its variance
/// is the ratio estimator's (W. G. Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, chapter 6): with documents of
/// *b* bytes and *t* tokens and the ratio *r* = Σ*t* / Σ*b*,
///
/// ```
/// var(r) = (1 − n/N) / n · Σ (t − r·b)² / (n − 1) / (Σb / n)²
/// ```
///
/// The interval is Student's, with n − 1 degrees of freedom. It is valid if documents are drawn evenly from the whole
/// corpus, as ``includes(_:share:)`` draws them; the first files of a corpus are not such a sample.
///
/// All sums are integers, so the samples of many threads merge to the same result in any order.
public struct TokenRatioSample: Sendable, Hashable {
    /// A number with the interval that holds it with 95 % confidence.
    public struct Estimate: Sendable, Hashable {
        /// The estimate.
        public let value: Double
        /// The interval's ends, or `nil` where fewer than ``TokenRatioSample/fewestDocuments`` were sampled.
        public let interval: ClosedRange<Double>?
    }

    /// The fewest documents for an interval; with fewer, its normal theory does not hold.
    public static let fewestDocuments = 30

    /// How many documents were sampled.
    public private(set) var documents = 0
    /// Their bytes.
    public private(set) var bytes = 0
    /// Their tokens.
    public private(set) var tokens = 0
    private var squaredBytes: UInt128 = 0
    private var squaredTokens: UInt128 = 0
    private var products: UInt128 = 0

    /// Creates an empty sample.
    public init() {}

    /// Adds a document; one without bytes does not affect the ratio and is left out.
    public mutating func add(bytes: Int, tokens: Int) {
        precondition(bytes >= 0 && tokens >= 0, "a document has no fewer than no bytes and no tokens")
        guard bytes > 0 else { return }
        documents += 1
        self.bytes += bytes
        self.tokens += tokens
        squaredBytes += UInt128(bytes) * UInt128(bytes)
        squaredTokens += UInt128(tokens) * UInt128(tokens)
        products += UInt128(bytes) * UInt128(tokens)
    }

    /// Adds another sample's documents.
    public mutating func merge(_ other: TokenRatioSample) {
        documents += other.documents
        bytes += other.bytes
        tokens += other.tokens
        squaredBytes += other.squaredBytes
        squaredTokens += other.squaredTokens
        products += other.products
    }

    /// Whether a document belongs to the sample, by a hash of its content.
    ///
    /// The same documents are drawn whatever the order, the threads and the files.
    ///
    /// - Parameters:
    ///   - hash: 64 bits that are as good as random, such as half a fingerprint.
    ///   - share: The share of documents to draw, from 0 to 1.
    /// - Returns: Whether to count the document and ``add(bytes:tokens:)`` it.
    public static func includes(_ hash: UInt64, share: Double) -> Bool {
        Double(hash >> 11) * 0x1p-53 < share
    }

    /// The bytes of text per token, or `nil` if no token was sampled.
    ///
    /// - Parameter corpusDocuments: The number of documents in the corpus, if known: a sample of a large part of the
    ///   corpus is more certain.
    /// - Returns: The estimate with its interval.
    public func bytesPerToken(corpusDocuments: Int? = nil) -> Estimate? {
        guard tokens > 0, let ratio = tokensPerByte(corpusDocuments) else { return nil }
        let interval = ratio.interval.flatMap { ends -> ClosedRange<Double>? in
            ends.lowerBound > 0 ? 1 / ends.upperBound...1 / ends.lowerBound : nil
        }
        return Estimate(value: 1 / ratio.value, interval: interval)
    }

    /// The tokens of a corpus, or `nil` if nothing was sampled.
    ///
    /// - Parameters:
    ///   - corpusBytes: The corpus's bytes.
    ///   - corpusDocuments: The number of its documents, if known.
    /// - Returns: The estimate with its interval.
    public func tokens(corpusBytes: Int, corpusDocuments: Int? = nil) -> Estimate? {
        guard let ratio = tokensPerByte(corpusDocuments) else { return nil }
        let size = Double(corpusBytes)
        return Estimate(
            value: ratio.value * size,
            interval: ratio.interval.map { max(0, $0.lowerBound) * size...$0.upperBound * size })
    }

    private func tokensPerByte(_ corpusDocuments: Int?) -> Estimate? {
        guard bytes > 0 else { return nil }
        let ratio = Double(tokens) / Double(bytes)
        guard documents >= Self.fewestDocuments else { return Estimate(value: ratio, interval: nil) }
        let count = Double(documents)
        let residuals = Double(squaredTokens) - 2 * ratio * Double(products) + ratio * ratio * Double(squaredBytes)
        let unseen = corpusDocuments.map { max(0, 1 - count / Double(max($0, documents))) } ?? 1
        let mean = Double(bytes) / count
        let error = (unseen / count * max(0, residuals) / (count - 1)).squareRoot() / mean
        let reach = Self.studentQuantile(degrees: count - 1) * error
        return Estimate(value: ratio, interval: ratio - reach...ratio + reach)
    }

    /// Student's quantile of 97.5 %, by its expansion around the normal one (Abramowitz and Stegun, *Handbook of
    /// Mathematical Functions*, 26.7.5), correct to four digits for 29 degrees or more.
    static func studentQuantile(degrees: Double) -> Double {
        let x = 1.959963984540054
        let (x3, x5, x7) = (x * x * x, x * x * x * x * x, x * x * x * x * x * x * x)
        return x + (x3 + x) / (4 * degrees) + (5 * x5 + 16 * x3 + 3 * x) / (96 * degrees * degrees)
            + (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / (384 * degrees * degrees * degrees)
    }
}

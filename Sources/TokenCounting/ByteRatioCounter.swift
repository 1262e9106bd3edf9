/// Estimates tokens from bytes, for audits without a vocabulary.
///
/// The ratio is an assumption, never a measurement. Across common tokenizers and languages, bytes per token range from
/// 1.4 (GPT-2 on Chinese) to 6.2 (Llama 4 on Russian), so a count from it can be wrong by a factor of two or more.
/// Ratios *between* parts of one corpus in one language are more reliable. Every output built on it says *est.*
///
/// An audit divides its sums of bytes by the ratio. A session rounds every unit, which is right for one text, but adds
/// an error of some percent over many short ones.
public struct ByteRatioCounter: TokenCounter {
    /// Bytes of UTF-8 text assumed per token.
    public let bytesPerToken: Double

    /// Creates an estimator.
    ///
    /// - Parameter bytesPerToken: Bytes of text per token, from 0.1 to 1,000. The default 4 is near the ratio of
    ///   today's 100,000- to 200,000-token vocabularies on English text and on code (3.6 to 4.0).
    /// - Throws: ``TokenCountingError/unusableByteRatio(_:)`` outside that range.
    public init(bytesPerToken: Double = 4) throws(TokenCountingError) {
        guard bytesPerToken.isFinite, bytesPerToken >= 0.1, bytesPerToken <= 1_000 else {
            throw .unusableByteRatio(bytesPerToken)
        }
        self.bytesPerToken = bytesPerToken
    }

    /// A name such as `bytes/4`, marked as an estimate.
    public var identity: TokenizerIdentity {
        let ratio = bytesPerToken == bytesPerToken.rounded() ? "\(Int(bytesPerToken))" : "\(bytesPerToken)"
        return TokenizerIdentity(
            name: "bytes/\(ratio)",
            isCertified: false,
            isEstimate: true,
            assumedBytesPerToken: bytesPerToken
        )
    }

    /// Makes a session; it holds no state.
    public func makeSession() -> any TokenCountingSession {
        ByteRatioSession(bytesPerToken: bytesPerToken)
    }
}

/// Rounds each unit to the nearest token, but a unit with text to at least one.
private final class ByteRatioSession: TokenCountingSession {
    private let tokensPerByte: Double
    /// The logarithm of bytes per token to base 2, if it is a whole number above 0.
    private let shift: Int?

    init(bytesPerToken: Double) {
        tokensPerByte = 1 / bytesPerToken
        let isPower = bytesPerToken >= 2 && bytesPerToken.significand == 1
        shift = isPower ? Int(bytesPerToken.exponent) : nil
    }

    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
        precondition(counts.count == unitEnds.count, "one count per unit")
        var start = 0
        if let shift {
            // The same numbers with integers only, since an audit by line needs this for every line.
            let half = 1 << (shift - 1)
            for unit in unitEnds.indices {
                let end = unitEnds[unit]
                let bytes = end - start
                start = end
                counts[unit] = UInt32(clamping: bytes == 0 ? 0 : max(1, (bytes + half) >> shift))
            }
            return
        }
        for unit in unitEnds.indices {
            let bytes = unitEnds[unit] - start
            start = unitEnds[unit]
            let estimate = Double(bytes) * tokensPerByte
            // Halves up, without a call into the mathematics library for each line of a corpus.
            let whole = Int64(estimate)
            let rounded = estimate - Double(whole) >= 0.5 ? whole + 1 : whole
            counts[unit] = bytes == 0 ? 0 : UInt32(clamping: max(1, rounded))
        }
    }
}

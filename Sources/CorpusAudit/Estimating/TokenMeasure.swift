import TokenCounting

/// How an audit's sums become the tokens of one tokenizer.
///
/// Counted tokens are summed as they are. Estimated tokens are summed in a finer unit and rounded once, when the audit
/// is put together (``AuditSums/rounded(_:)``): rounding every unit on its own adds some percent to an audit by line.
enum TokenMeasure: Sendable {
    /// Records hold the counts.
    case counted
    /// Every token has this many bytes; the token counts of records are not used.
    ///
    /// The finer unit is a byte.
    case bytes(perToken: Double)
    /// Records of a sample hold the counts; the others are estimated. The finer unit is 1/1,024 of a token.
    case sampled(TokenRatios)

    /// The measure of a tokenizer; `ratios` are those of a sample, if only a sample was counted.
    init(_ tokenizer: TokenizerIdentity, ratios: TokenRatios?) {
        if let ratio = tokenizer.estimatingRatio {
            self = .bytes(perToken: ratio)
        } else if let ratios {
            self = .sampled(ratios)
        } else {
            self = .counted
        }
    }

    /// The tokens of a record, in the measure's unit; `counted` is the record's token count.
    @inline(__always)
    func amount(of record: UnitRecord, counted: UInt32, source: Int) -> Int {
        switch self {
        case .counted: Int(counted)
        case .bytes: Int(record.bytes)
        case .sampled(let ratios): ratios.amount(of: record, counted: counted, source: source)
        }
    }

    /// Turns sums in the measure's unit into tokens.
    func tokens(of sums: AuditSums) -> AuditSums {
        switch self {
        case .counted: sums
        case .bytes(let ratio): sums.rounded(TokenRounding(unitsPerToken: ratio))
        case .sampled: sums.rounded(TokenRounding(unitsPerToken: Double(TokenRatios.unitsPerToken)))
        }
    }
}

extension TokenizerIdentity {
    /// The bytes of text that every token is taken to have, where tokens are estimated from bytes and from nothing else.
    var estimatingRatio: Double? {
        guard isEstimate, let ratio = assumedBytesPerToken, ratio.isFinite, ratio > 0 else { return nil }
        return ratio
    }
}

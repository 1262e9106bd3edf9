package import OrderedJSON
package import TokenCounting

// What a scan's files have in common with audits.

extension Fingerprint: JSONSpelled {
    package static var spelling: String { "32 hexadecimal digits" }
    package init?(spelled text: String) { self.init(hexadecimal: text) }
}

extension ProblemKind: JSONSpelled {
    package static var spelling: String { "a kind of problem" }
    package init?(spelled text: String) { self.init(rawValue: text) }
}

extension ProblemKind: CustomStringConvertible {
    /// The kind's name in audit files.
    public var description: String { rawValue }
}

extension Audit.Level: JSONRepresentable {}

extension TokenizationPolicy.SpecialTokens: JSONRepresentable {}

extension TokenizationPolicy: JSONRecord {
    package static var blank: TokenizationPolicy { TokenizationPolicy() }
    package static let fields: [JSONField<TokenizationPolicy>] = [
        .init("special_tokens", \.specialTokens, "What the spelling of a special token is in a text."),
        .init("beginning_of_text", \.addsBeginningOfText, "Whether a token is added at a text's beginning."),
        .init("normalization", \.normalization, "What is done to a text before it is cut."),
        .init("invalid_utf8", constant: "U+FFFD"),
    ]
}

extension Problem: JSONRecord {
    package static var blank: Problem {
        Problem(shard: "", record: nil, byteOffset: nil, kind: .unreadableInput, message: "")
    }
    package static let fields: [JSONField<Problem>] = [
        .init("shard", \.shard, "The shard's path."),
        .init("record", \.record, "The record, from 0; null where the whole file is meant.", .count),
        .init("byte_offset", \.byteOffset, "The offset in the decompressed shard, if known.", .count),
        .init("kind", \.kind, "The kind of damage."),
        .init("message", \.message, "What was found, and what became of it."),
    ]
}

extension Audit.Skipped: JSONRecord {
    package static var blank: Audit.Skipped {
        Audit.Skipped(kind: "", reason: "", files: 0, bytes: 0, mayHoldData: false, examples: [])
    }
    package static let fields: [JSONField<Audit.Skipped>] = [
        .init("kind", \.kind, "What the files are, or why they were not read."),
        .init("reason", \.reason, "Why files of this kind are not read, and what to do."),
        .init("files", \.files, "How many files.", .positive),
        .init("bytes", \.bytes, "Their size.", .notNegative),
        .init("may_hold_data", \.mayHoldData, "Whether training data may have been missed."),
        .init("examples", \.examples, "The first paths.", .notEmpty),
    ]
}

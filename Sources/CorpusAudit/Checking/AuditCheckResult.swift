public import OrderedJSON

/// How an audit compares with one limit.
public struct AuditCheckResult: Sendable, Equatable {
    /// The limit's name, as `max_hidden_epochs`.
    public var gate: String
    /// The subject of the check: the corpus, a source, a pair of sources.
    public var subject: String
    /// The audit's value, if it is a number.
    public var value: Double?
    /// The allowed value, if it is a number.
    public var limit: Double?
    /// Whether the limit is kept.
    public var isPassed: Bool
    /// The rest of a sentence that starts with the subject.
    public var reason: String

    /// Creates a result.
    public init(gate: String, subject: String, value: Double?, limit: Double?, isPassed: Bool, reason: String) {
        self.gate = gate
        self.subject = subject
        self.value = value
        self.limit = limit
        self.isPassed = isPassed
        self.reason = reason
    }

    static func atMost(_ limit: Double, _ value: Double, gate: String, subject: String) -> Self {
        Self(
            gate: gate, subject: subject, value: value, limit: limit, isPassed: value <= limit,
            reason: value <= limit ? "keeps the limit" : "is above the limit")
    }

    static func atLeast(_ limit: Double, _ value: Double, gate: String, subject: String) -> Self {
        Self(
            gate: gate, subject: subject, value: value, limit: limit, isPassed: value >= limit,
            reason: value >= limit ? "keeps the limit" : "is below the limit")
    }

    /// The result as JSON.
    public var json: JSONValue {
        .object([
            "gate": .string(gate), "subject": .string(subject), "value": value.map { .number($0) } ?? .null,
            "limit": limit.map { .number($0) } ?? .null, "passed": .bool(isPassed), "reason": .string(reason),
        ])
    }
}

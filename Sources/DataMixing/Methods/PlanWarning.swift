/// Something that a plan's reader should know.
public struct PlanWarning: Sendable, Hashable {
    /// How much a warning matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Good to know.
        case info

        /// Changes how far the plan can be trusted.
        case warning
    }

    /// A short name for programs, in `snake_case`.
    public var code: String

    /// How much it matters.
    public var severity: Severity

    /// The warning, in one sentence.
    public var message: String

    /// The value that the warning is about, if any.
    public var value: Double?

    /// The limit that the value reached or exceeded, if any.
    public var limit: Double?

    /// Creates a warning.
    public init(
        code: String, severity: Severity, message: String, value: Double? = nil, limit: Double? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.value = value
        self.limit = limit
    }
}

/// Which tokens of an audit are unique: those without exact copies, or those without near copies, too.
public enum UniqueText: String, Sendable, CaseIterable {
    /// Each distinct document counts once: exact, but more than the truly new tokens.
    case exact

    /// Each cluster of near copies counts once, at the audit's threshold: an estimate.
    case near
}

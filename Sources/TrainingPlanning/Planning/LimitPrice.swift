/// A limit that binds, and the effect of relaxing or lifting it.
public struct LimitPrice: Sendable, Hashable {
    /// The limit's short name for programs, such as `max_epochs`.
    public var code: String

    /// The limit in words.
    public var name: String

    /// Its value.
    public var limit: Double

    /// The saving from relaxing the limit by 1 %, in the objective's unit.
    public var gain: Double?

    /// The further compute that would save as much, or `nil` without a budget, or if no compute would.
    public var gainInFLOPs: Double?

    /// The plan without the limit, or `nil` if nothing else bounds it.
    public var lifted: Recommendation?

    /// The saving without the limit, in the objective's unit.
    public var liftedGain: Double?
}

extension LimitPrice {
    /// A price before its fields are read from a file.
    package static let blank = LimitPrice(code: "", name: "", limit: 0)
}

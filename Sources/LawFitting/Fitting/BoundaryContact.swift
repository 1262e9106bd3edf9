/// A coefficient that a fit drove to a limit of its range.
public struct BoundaryContact: Sendable, Hashable {
    /// Which end.
    public enum Side: String, Sendable, Hashable, CaseIterable {
        /// Its lower bound.
        case lower

        /// Its upper bound.
        case upper

        /// Upwards without a bound: ten thousand times beyond where searches start.
        case unbounded
    }

    /// The coefficient's name.
    public let name: String

    /// Which end it reached.
    public let side: Side
}

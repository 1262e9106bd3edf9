import Quantities

extension HoldOut {
    /// Reads a choice of runs to hold out.
    ///
    /// - Parameters:
    ///   - text: `largest`, `random` or `groups`, with `=share` for a share other than a fifth; else a condition on
    ///     runs.
    ///   - seed: The seed of a random choice.
    /// - Throws: ``FittingError/unusableOption(_:reason:)`` for an invalid share, and
    ///   ``FittingError/unusableExpression(_:reason:)``.
    public init(_ text: String, seed: UInt64) throws(FittingError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let kind = parts.first, ["largest", "random", "groups"].contains(kind) else {
            self = .selected(try RunExpression(text))
            return
        }
        if kind == "groups" {
            self = .eachGroup
            return
        }
        var share = 0.2
        if parts.count == 2 {
            guard let given = try? Quantity.number(parts[1]), given > 0, given < 1 else {
                throw .unusableOption(
                    "the share held out, '\(text)'", reason: "must be a number between 0 and 1, as \(kind)=0.2")
            }
            share = given
        }
        self = kind == "largest" ? .largestCompute(share: share) : .random(share: share, rounds: 5, seed: seed)
    }
}

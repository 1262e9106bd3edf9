/// Where a plan's figures lie.
struct Intervals: Sendable {
    var loss: ClosedRange<Double>
    var parameters: ClosedRange<Double>
    var tokens: ClosedRange<Double>
    var epochs: ClosedRange<Double>

    /// The sets of coefficients that were asked.
    var members: Int

    /// The smallest intervals that hold both.
    func joined(with other: Intervals) -> Intervals {
        func join(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
            Swift.min(a.lowerBound, b.lowerBound)...Swift.max(a.upperBound, b.upperBound)
        }
        return Intervals(
            loss: join(loss, other.loss), parameters: join(parameters, other.parameters),
            tokens: join(tokens, other.tokens), epochs: join(epochs, other.epochs),
            members: Swift.max(members, other.members))
    }
}

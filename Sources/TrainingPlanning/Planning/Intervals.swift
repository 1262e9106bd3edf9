/// Where a plan's figures lie.
struct Intervals: Sendable {
    var loss: ClosedRange<Double>
    var parameters: ClosedRange<Double>
    var epochs: ClosedRange<Double>

    /// The smallest intervals that hold both.
    func joined(with other: Intervals) -> Intervals {
        func join(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
            Swift.min(a.lowerBound, b.lowerBound)...Swift.max(a.upperBound, b.upperBound)
        }
        return Intervals(
            loss: join(loss, other.loss), parameters: join(parameters, other.parameters),
            epochs: join(epochs, other.epochs))
    }
}

/// A point that may be an optimum.
struct Candidate: Sendable {
    /// ln N.
    var x: Double

    /// ln D.
    var y: Double

    var cost: Double

    func isClose(to other: Candidate, within distance: Double) -> Bool {
        abs(x - other.x) < distance && abs(y - other.y) < distance
    }
}

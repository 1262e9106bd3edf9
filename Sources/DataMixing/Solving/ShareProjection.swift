import ScalingLaws

/// The shares nearest to given ones that keep bounds and add up to 1, nearest in the sense of KL divergence.
enum ShareProjection {
    /// w = min(max(s·p, lower), upper) with the one s for which the shares add up to 1.
    ///
    /// - Parameters:
    ///   - shares: p, each 0 or more; a share of 0 gets its lower bound, unless the sum needs more.
    ///   - lower: The smallest share of each; they add up to at most 1.
    ///   - upper: The largest share of each; they add up to at least 1.
    /// - Returns: The shares.
    /// - Complexity: O(*k*·log *k*).
    static func project(_ shares: [Double], lower: [Double], upper: [Double]) -> [Double] {
        precondition(lower.count == shares.count && upper.count == shares.count, "bounds for every share")
        // The sum of the clamped shares rises with s, and is linear between the places where a share reaches a bound.
        var events: [(scale: Double, slope: Double)] = []
        var sum = 0.0
        for k in shares.indices {
            sum += lower[k]
            guard shares[k] > 0, upper[k] > lower[k] else { continue }
            events.append((lower[k] / shares[k], shares[k]))
            events.append((upper[k] / shares[k], -shares[k]))
        }
        events.sort { ($0.scale, -$0.slope) < ($1.scale, -$1.slope) }
        var scale = events.last?.scale ?? 0
        var slope = 0.0
        var place = 0.0
        for event in events {
            let next = sum + slope * (event.scale - place)
            if next >= 1, slope > 0 {
                scale = place + (1 - sum) / slope
                break
            }
            sum = next
            place = event.scale
            slope += event.slope
        }
        var result = shares.indices.map { k in
            Swift.min(Swift.max(scale * shares[k], lower[k]), Swift.max(lower[k], upper[k]))
        }
        settle(&result, lower: lower, upper: upper)
        return result
    }

    /// Distributes the remainder of the sum, from rounding or shares of 0, over the shares that have room.
    private static func settle(_ shares: inout [Double], lower: [Double], upper: [Double]) {
        for _ in 0..<2 {
            let missing = 1 - shares.reduce(0, +)
            guard missing != 0 else { return }
            let room = shares.indices.map { k in missing > 0 ? upper[k] - shares[k] : shares[k] - lower[k] }
            let total = room.reduce(0) { $0 + Swift.max(0, $1) }
            guard total > 0 else { return }
            let step = Swift.max(-1, Swift.min(1, missing / total))
            for k in shares.indices where room[k] > 0 { shares[k] += step * room[k] }
        }
    }
}

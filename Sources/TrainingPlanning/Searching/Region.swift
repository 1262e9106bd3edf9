import ScalingLaws

/// The points x = ln N, y = ln D that a plan may choose from, the target loss aside.
///
/// Bounds on x, bounds on y, y ≥ x + ln(fewest tokens per parameter), and ln FLOPs per token(x) + y ≤ ln C.
struct Region: Sendable {
    var x: ClosedRange<Double>
    var y: ClosedRange<Double>

    /// ln of the fewest tokens per parameter, or −∞.
    var logRatio: Double

    /// ln C, or +∞.
    var logBudget: Double

    let flops: FLOPCount

    /// The bounds of every search.
    ///
    /// A plan at these bounds has no limit of its own.
    static let widest = (x: 0.0...Elementary.log(1e18), y: 0.0...Elementary.log(1e22))

    /// Whether a point is on the edge of the search rather than of the question: it is lowest only because nothing
    /// beyond is searched.
    static func isOpenEnd(_ point: Candidate) -> Bool {
        func isEnd(_ value: Double, of range: ClosedRange<Double>) -> Bool {
            value <= range.lowerBound + 1e-6 || value >= range.upperBound - 1e-6
        }
        return isEnd(point.x, of: widest.x) || isEnd(point.y, of: widest.y)
    }

    /// The tokens allowed at a size.
    func tokens(at x: Double) -> ClosedRange<Double>? {
        let lower = Swift.max(y.lowerBound, x + logRatio)
        let upper = Swift.min(y.upperBound, budgetLine(x))
        return lower <= upper ? lower...upper : nil
    }

    /// The sizes allowed at a number of tokens.
    func sizes(at y: Double) -> ClosedRange<Double>? {
        var upper = Swift.min(x.upperBound, y - logRatio)
        if logBudget < .infinity {
            upper = Swift.min(upper, flops.logParameters(perToken: logBudget - y, within: Self.widest.x))
        }
        return x.lowerBound <= upper ? x.lowerBound...upper : nil
    }

    /// ln of the most tokens that the budget allows at a size.
    func budgetLine(_ x: Double) -> Double {
        logBudget < .infinity ? logBudget - flops.logPerToken(x) : .infinity
    }

    /// The range of sizes for which any tokens are allowed at all.
    var sizes: ClosedRange<Double>? {
        guard tokens(at: x.lowerBound) != nil else { return nil }
        var upper = Swift.min(x.upperBound, y.upperBound - logRatio)
        if logBudget < .infinity {
            upper = Swift.min(upper, flops.logParameters(perToken: logBudget - y.lowerBound, within: Self.widest.x))
            if logRatio > -.infinity {
                // The point at which the budget line meets the fewest tokens per parameter.
                let meeting = Bisection.root(Self.widest.x.lowerBound, Self.widest.x.upperBound) {
                    $0 + logRatio - budgetLine($0)
                }
                upper = Swift.min(upper, meeting)
            }
        }
        return x.lowerBound...Swift.max(x.lowerBound, upper)
    }

    func contains(_ x: Double, _ y: Double, slack: Double = 1e-9) -> Bool {
        x >= self.x.lowerBound - slack && x <= self.x.upperBound + slack && y >= self.y.lowerBound - slack
            && y <= self.y.upperBound + slack && y >= x + logRatio - slack && y <= budgetLine(x) + slack
    }
}

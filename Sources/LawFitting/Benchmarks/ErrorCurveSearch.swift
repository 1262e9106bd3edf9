import ScalingLaws

/// Least squares for an ``ErrorCurve``: the coefficients that enter linearly are solved for, the others searched for.
struct ErrorCurveSearch {
    private let points: [BenchmarkRuns.Point]
    private let form: ErrorCurve.Form
    /// The most that c may be: the error of guessing, or 1.
    private let ceiling: Double
    private let low: Double
    private let span: Double

    init(_ points: [BenchmarkRuns.Point], _ form: ErrorCurve.Form, ceiling: Double) {
        self.points = points
        self.form = form
        self.ceiling = ceiling
        low = points.map(\.loss).min() ?? 0
        span = Swift.max((points.map(\.loss).max() ?? 1) - low, 1e-9)
    }

    /// The least-squares curve, or `nil` if no curve rises with the loss.
    ///
    /// - Complexity: O(*n*) for each of some 2,000 trials.
    func curve() -> ErrorCurve? {
        var best: (curve: ErrorCurve, squares: Double, place: [Double])?
        func tryOut(_ place: [Double]) {
            guard let curve = solved(at: place) else { return }
            let squares = curve.squares(over: points)
            if squares < best?.squares ?? .infinity { best = (curve, squares, place) }
        }
        let rates = (0...32).map { Elementary.log(0.05) + Double($0) / 32 * Elementary.log(100 / 0.05) }
        for rate in rates {
            switch form {
            case .exponential: tryOut([rate])
            case .logistic: for middle in 0...40 { tryOut([rate, -1 + 3 * Double(middle) / 40]) }
            }
        }
        guard let start = best else { return nil }
        var steps = form == .exponential ? [0.25] : [0.25, 0.08]
        var place = start.place
        for _ in 0..<60 {
            let before = best?.squares
            for axis in steps.indices {
                for direction in [1.0, -1.0] {
                    var trial = place
                    trial[axis] += direction * steps[axis]
                    tryOut(trial)
                }
            }
            place = best?.place ?? place
            if best?.squares == before { steps = steps.map { $0 / 2 } }
        }
        return best?.curve
    }

    /// The best curve with given rate and middle, in units of the losses' span.
    private func solved(at place: [Double]) -> ErrorCurve? {
        let rate = Elementary.exp(place[0]) / span
        switch form {
        case .exponential:
            // The decay is 1 at the least loss, so that k stays near the size of an error.
            guard
                let (c, k) = line({ -Elementary.exp(-rate * ($0 - low)) }, interceptAtMost: ceiling), k > 0
            else { return nil }
            let atZero = k * Elementary.exp(rate * low)
            return atZero.isFinite ? ErrorCurve(.exponential, [c, atZero, rate]) : nil
        case .logistic:
            let middle = low + place[1] * span
            guard
                let (f, rise) = line(
                    { ErrorCurve.step(rate * ($0 - middle)) }, interceptAtMost: ceiling, isFloor: true),
                rise > 0
            else { return nil }
            return ErrorCurve(.logistic, [f, f + rise, rate, middle])
        }
    }

    /// The least-squares line error = intercept + slope·basis(loss) within its bounds.
    ///
    /// The intercept of an exponential is at most the ceiling. The intercept of a logistic curve is at least 0, and its
    /// upper end at most the ceiling.
    private func line(
        _ basis: (Double) -> Double, interceptAtMost ceiling: Double, isFloor: Bool = false
    ) -> (intercept: Double, slope: Double)? {
        let count = Double(points.count)
        var (x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0)
        for point in points {
            let value = basis(point.loss)
            x += value
            y += point.error
            xx += value * value
            xy += value * point.error
        }
        let determinant = count * xx - x * x
        guard determinant > 1e-12 * count * xx else { return nil }
        var slope = (count * xy - x * y) / determinant
        var intercept = (y - slope * x) / count
        func fixing(_ value: Double) {
            intercept = value
            slope = (xy - value * x) / xx
        }
        guard isFloor else {
            if intercept > ceiling { fixing(ceiling) }
            return (intercept, slope)
        }
        if intercept < 0 { fixing(0) }
        if intercept + slope > ceiling {
            // The upper end is held: error − ceiling = (intercept − ceiling)·(1 − basis).
            let below = count - 2 * x + xx
            guard below > 1e-12 else { return nil }
            intercept = Swift.max(0, ceiling + (y - xy - ceiling * (count - x)) / below)
            slope = ceiling - intercept
        }
        return (intercept, slope)
    }
}

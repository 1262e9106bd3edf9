/// Finds the minima of a function of one variable that samples can separate, and polishes each.
struct LineSearch {
    /// The function; infinite where it has no value.
    let value: (Double) -> Double

    /// Its slope, or `nil` where unknown.
    let slope: (Double) -> Double?

    /// A sample no higher than its neighbours, with their places.
    struct Bracket {
        var lower: Double
        var middle: Double
        var upper: Double

        /// The value in the middle.
        var value: Double

        /// A lower bound of the function, if it is convex between the ends.
        var bound: Double
    }

    /// The samples that are no higher than their neighbours, on an interval with its ends.
    ///
    /// - Parameters:
    ///   - lower: The interval's lower end.
    ///   - upper: The interval's upper end.
    ///   - spacing: The widest step between samples.
    /// - Returns: The brackets, in order.
    func brackets(_ lower: Double, _ upper: Double, spacing: Double) -> [Bracket] {
        guard upper > lower else {
            let only = value(lower)
            return only < .infinity
                ? [Bracket(lower: lower, middle: lower, upper: lower, value: only, bound: only)] : []
        }
        let steps = Swift.min(4_000, Swift.max(24, Int(((upper - lower) / spacing).rounded(.up))))
        let at = { (index: Int) in index == steps ? upper : lower + (upper - lower) * Double(index) / Double(steps) }
        let values = (0...steps).map { value(at($0)) }
        var found: [Bracket] = []
        for index in 0...steps where values[index] < .infinity {
            let before = index > 0 ? values[index - 1] : .infinity
            let after = index < steps ? values[index + 1] : .infinity
            guard values[index] <= before, values[index] <= after else { continue }
            // A convex function is above the line through any two of its points, outside the interval between them.
            // Next to an end, or to a place without a value, there is no such bound.
            let rise = Swift.max(before, after) - values[index]
            found.append(
                Bracket(
                    lower: at(Swift.max(0, index - 1)), middle: at(index), upper: at(Swift.min(steps, index + 1)),
                    value: values[index], bound: rise < .infinity ? values[index] - rise : -.infinity))
        }
        return found
    }

    /// The local minima on an interval, its ends included, in order.
    func minima(_ lower: Double, _ upper: Double, spacing: Double) -> [Double] {
        brackets(lower, upper, spacing: spacing).map(polish)
    }

    /// The minimum within a bracket: the zero of the slope where the slope has one, else by golden sections.
    func polish(_ bracket: Bracket) -> Double {
        guard bracket.upper > bracket.lower else { return bracket.middle }
        if let root = stationary(bracket) { return root }
        return polish(bracket.lower, bracket.upper)
    }

    /// The place where the slope changes sign, on the descending side of the middle, if the value there is no higher;
    /// `nil` if only values can guide the search.
    private func stationary(_ bracket: Bracket) -> Double? {
        guard let atMiddle = slope(bracket.middle) else { return nil }
        if atMiddle == 0 { return bracket.middle }
        let (a, b) =
            atMiddle > 0 ? (bracket.lower, bracket.middle) : (bracket.middle, bracket.upper)
        // An end of the whole interval from which the function rises inwards is a minimum itself.
        if a == b { return bracket.middle }
        guard let other = slope(atMiddle > 0 ? a : b), (other < 0) == (atMiddle > 0), other != 0 else { return nil }
        let (atA, atB) = atMiddle > 0 ? (other, atMiddle) : (atMiddle, other)
        let root = Bisection.root(a, b, atA, atB) { slope($0) }
        guard let root, value(root) <= bracket.value + abs(bracket.value) * 4e-16 else { return nil }
        return root
    }

    /// The minimum in an interval that contains one: golden sections, then the zero of the slope if there is one.
    func polish(_ lower: Double, _ upper: Double) -> Double {
        let golden = 0.6180339887498949
        var (a, b) = (lower, upper)
        var (c, d) = (b - golden * (b - a), a + golden * (b - a))
        var (atC, atD) = (value(c), value(d))
        var (best, bestValue) = value(lower) <= value(upper) ? (lower, value(lower)) : (upper, value(upper))
        while b - a > 1e-9 {
            if atC < bestValue { (best, bestValue) = (c, atC) }
            if atD < bestValue { (best, bestValue) = (d, atD) }
            if atC == .infinity, atD == .infinity {
                // Both ends are outside: close in on the best point known.
                (a, b) = ((a + best) / 2, (b + best) / 2)
                (c, d) = (b - golden * (b - a), a + golden * (b - a))
                (atC, atD) = (value(c), value(d))
            } else if atC <= atD {
                (b, d, atD) = (d, c, atC)
                c = b - golden * (b - a)
                atC = value(c)
            } else {
                (a, c, atC) = (c, d, atD)
                d = a + golden * (b - a)
                atD = value(d)
            }
            if !(c < d) { break }
        }
        return sharpen(best, lower, upper)
    }

    /// The zero of the slope next to a point found only by values, which are flat to rounding around a minimum.
    private func sharpen(_ point: Double, _ lower: Double, _ upper: Double) -> Double {
        var width = 1e-6
        while width < 1e-3 {
            let (a, b) = (Swift.max(lower, point - width), Swift.min(upper, point + width))
            guard let atA = slope(a), let atB = slope(b) else { return point }
            if atA < 0, atB > 0 {
                let root = Bisection.root(a, b) { slope($0) ?? 0 }
                // A kink between a and b has slopes of both signs too, but no zero: keep the lower of the two.
                let (old, new) = (value(point), value(root))
                return new <= old + abs(old) * 4e-16 ? root : point
            }
            // Beside an end of the interval the slope may keep its sign.
            if a == lower, atA >= 0 { return value(lower) <= value(point) ? lower : point }
            if b == upper, atB <= 0 { return value(upper) <= value(point) ? upper : point }
            width *= 8
        }
        return point
    }
}

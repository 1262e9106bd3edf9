import ScalingLaws

/// The local minimum of a function of one variable that a walk downhill from a start finds, from values only.
struct LineMinimum {
    /// The range of the variable.
    let range: ClosedRange<Double>

    /// The first step of the walk.
    let step: Double

    /// The precision with which the place must be known.
    let tolerance: Double

    /// Places where the function may have a kink, which are tried exactly.
    var kinks: [Double] = []

    /// A place and its value.
    struct Point {
        var place: Double
        var value: Double
    }

    /// Walks downhill from a start in steps that double, then narrows the bracket by parabolas and golden sections
    /// (Brent 1973, chapter 5).
    ///
    /// - Parameters:
    ///   - start: The start; a start outside the range is moved to its end.
    ///   - function: The function; infinite where it has no value.
    /// - Returns: The minimum, which may be an end of the range.
    func from(_ start: Double, _ function: (Double) -> Double) -> Point {
        func at(_ place: Double) -> Point { Point(place: place, value: function(place)) }
        var middle = at(Swift.min(Swift.max(start, range.lowerBound), range.upperBound))
        guard range.upperBound - range.lowerBound > tolerance else { return middle }
        var best = middle
        for kink in kinks where range.contains(kink) && abs(kink - middle.place) < 64 * step {
            let point = at(kink)
            if point.value < best.value { best = point }
        }
        middle = best
        guard let bracket = bracket(around: middle, at) else { return best }
        best = closeIn(bracket.lower, bracket.middle, bracket.upper, at)
        // A minimum at a kink is the kink itself.
        if let kink = kinks.min(by: { abs($0 - best.place) < abs($1 - best.place) }), range.contains(kink),
            abs(kink - best.place) < 100 * tolerance
        {
            let point = at(kink)
            if point.value <= best.value { best = point }
        }
        return best
    }

    /// Three places, the middle one lowest; at an end of the range the middle is that end.
    private func bracket(
        around start: Point, _ at: (Double) -> Point
    ) -> (lower: Point, middle: Point, upper: Point)? {
        func stepped(_ point: Point, _ by: Double) -> Point {
            let place = Swift.min(Swift.max(point.place + by, range.lowerBound), range.upperBound)
            return place == point.place ? point : at(place)
        }
        var middle = start
        var (lower, upper) = (stepped(middle, -step), stepped(middle, step))
        var width = step
        while lower.value < middle.value || upper.value < middle.value {
            width *= 2
            if lower.value < middle.value, lower.value <= upper.value {
                (middle, upper) = (lower, middle)
                lower = stepped(middle, -width)
            } else {
                (middle, lower) = (upper, middle)
                upper = stepped(middle, width)
            }
        }
        return upper.place > lower.place ? (lower, middle, upper) : nil
    }

    private func closeIn(_ lower: Point, _ middle: Point, _ upper: Point, _ at: (Double) -> Point) -> Point {
        // An end of the range from which the function rises inwards is the minimum.
        if middle.place == lower.place || middle.place == upper.place {
            let inward = middle.place == lower.place ? tolerance : -tolerance
            if at(middle.place + inward).value >= middle.value { return middle }
        }
        let golden = 0.3819660112501051
        var (a, b) = (lower.place, upper.place)
        var (best, second, third) = (middle, middle, middle)
        var (last, beforeLast) = (0.0, 0.0)
        for _ in 0..<100 {
            let centre = (a + b) / 2
            if abs(best.place - centre) + (b - a) / 2 <= 2 * tolerance { break }
            var shift = best.place < centre ? golden * (b - best.place) : golden * (a - best.place)
            var isParabolic = false
            if abs(beforeLast) > tolerance {
                let r = (best.place - second.place) * (best.value - third.value)
                var q = (best.place - third.place) * (best.value - second.value)
                var p = (best.place - third.place) * q - (best.place - second.place) * r
                q = 2 * (q - r)
                if q > 0 { p = -p }
                q = abs(q)
                if abs(p) < abs(q * beforeLast / 2), p > q * (a - best.place), p < q * (b - best.place) {
                    shift = p / q
                    isParabolic = true
                    let place = best.place + shift
                    if place - a < 2 * tolerance || b - place < 2 * tolerance {
                        shift = best.place < centre ? tolerance : -tolerance
                    }
                }
            }
            beforeLast = isParabolic ? last : (best.place < centre ? b - best.place : a - best.place)
            if abs(shift) < tolerance { shift = shift < 0 ? -tolerance : tolerance }
            last = shift
            let point = at(Swift.min(Swift.max(best.place + shift, range.lowerBound), range.upperBound))
            if point.value <= best.value {
                if point.place >= best.place { a = best.place } else { b = best.place }
                (third, second, best) = (second, best, point)
            } else {
                if point.place < best.place { a = point.place } else { b = point.place }
                if point.value <= second.value || second.place == best.place {
                    (third, second) = (second, point)
                } else if point.value <= third.value || third.place == best.place || third.place == second.place {
                    third = point
                }
            }
        }
        // The ends of the bracket may be ends of the range.
        for end in [lower, upper] where end.value < best.value { best = end }
        return best
    }
}

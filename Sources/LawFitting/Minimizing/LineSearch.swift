/// Looks along a line for a step that meets the strong Wolfe conditions.
///
/// Brackets first, then interpolates by cubics (Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6).
/// Steps never pass `longest`, where the line leaves the bounds: a step that long is taken if it descends enough.
struct LineSearch {
    enum Outcome {
        case accept, again, giveUp
    }

    private struct Point {
        var step: Double
        var value: Double
        var slope: Double
    }

    private static let decrease = 1e-4
    private static let flattening = 0.9

    /// The step to try next, or the accepted one.
    private(set) var step: Double
    private let start: Point
    private let longest: Double
    private var low: Point
    private var high: Point?
    private var tries = 0

    init(value: Double, slope: Double, step: Double, longest: Double) {
        start = Point(step: 0, value: value, slope: slope)
        low = start
        self.step = step
        self.longest = longest
    }

    mutating func judge(_ value: Double, slope: Double) -> Outcome {
        tries += 1
        let point = Point(step: step, value: value, slope: slope)
        let descends = value.isFinite && value <= start.value + Self.decrease * step * start.slope
        if tries > 30 {
            return descends && value < start.value ? .accept : .giveUp
        }
        guard value.isFinite, slope.isFinite else {
            high = nil
            return shrink(to: low.step + 0.1 * (step - low.step))
        }
        if high == nil {
            if !descends || (tries > 1 && value >= low.value && low.step > 0) {
                high = point
                return interpolate()
            }
            if abs(slope) <= -Self.flattening * start.slope { return .accept }
            if slope >= 0 {
                high = low
                low = point
                return interpolate()
            }
            if step >= longest { return .accept }
            // Still going down steeply: further out.
            let far = Swift.min(longest, 4 * step)
            let near = step + 1.1 * (step - low.step)
            let guess = Self.cubicMinimum(low, point)
            low = point
            step = guess.map { Swift.min(Swift.max($0, Swift.min(near, far)), far) } ?? far
            return .again
        }
        if !descends || value >= low.value {
            high = point
            return interpolate()
        }
        if abs(slope) <= -Self.flattening * start.slope { return .accept }
        if let high, slope * (high.step - low.step) >= 0 { self.high = low }
        low = point
        return interpolate()
    }

    private mutating func shrink(to step: Double) -> Outcome {
        guard step > 1e-20 else { return .giveUp }
        self.step = step
        return .again
    }

    private mutating func interpolate() -> Outcome {
        guard let high else { return .giveUp }
        let width = high.step - low.step
        let middle = low.step + 0.5 * width
        var next = middle
        if let guess = Self.cubicMinimum(low, high) {
            let (a, b) = (low.step + 0.1 * width, low.step + 0.9 * width)
            next = Swift.min(Swift.max(guess, Swift.min(a, b)), Swift.max(a, b))
        }
        // So close that values no longer differ: take the lowest if it is lower at all.
        guard abs(width) > 1e-14 * Swift.max(abs(low.step), 1e-12), next != low.step else { return .giveUp }
        step = next
        return .again
    }

    /// The minimum of the cubic through two points with their slopes.
    private static func cubicMinimum(_ a: Point, _ b: Point) -> Double? {
        let width = b.step - a.step
        guard width != 0 else { return nil }
        let d1 = a.slope + b.slope - 3 * (b.value - a.value) / width
        let square = d1 * d1 - a.slope * b.slope
        guard square >= 0, square.isFinite else { return nil }
        let d2 = (width > 0 ? 1 : -1) * square.squareRoot()
        let denominator = b.slope - a.slope + 2 * d2
        guard denominator != 0 else { return nil }
        let result = b.step - width * (b.slope + d2 - d1) / denominator
        return result.isFinite ? result : nil
    }
}

/// An axis over the values of a chart: its ends, its ticks, and the place of every value.
struct AxisLayout {
    /// A line of the grid; those between the labelled ones have no text.
    struct Tick {
        var value: Double
        var text: String
    }

    let axis: Axis
    private(set) var ticks: [Tick] = []
    private var low: Double
    private var high: Double

    /// Computes the layout of an axis.
    ///
    /// - Parameters:
    ///   - axis: The axis.
    ///   - values: The values that must have a place, unless the axis names its domain.
    ///   - wanted: The approximate number of ticks that there is room for.
    ///   - rounds: Whether the ends move out to the next tick.
    ///   - margin: The share of the span that is left free at each end, unless the axis names its domain.
    init(_ axis: Axis, values: [Double], ticks wanted: Int, rounds: Bool, margin: Double = 0) {
        self.axis = axis
        let scale = axis.scale
        let usable = (axis.domain.map { [$0.lowerBound, $0.upperBound] } ?? values).filter { scale.holds($0) }
        var bottom = usable.min() ?? 1
        var top = usable.max() ?? 1
        if axis.startsAtZero, scale == .linear {
            bottom = Swift.min(bottom, 0)
            top = Swift.max(top, 0)
        }
        if bottom == top { (bottom, top) = Self.widened(bottom, scale) }
        let room = axis.domain == nil ? margin * (scale.position(top) - scale.position(bottom)) : 0
        (low, high) = (scale.position(bottom) - room, scale.position(top) + room)
        let wanted = Swift.max(wanted, 2)
        switch scale {
        case .linear: layLinear(wanted, rounds: rounds && axis.domain == nil)
        case .logarithmic: layDecades(wanted)
        case .doublings: layDoublings(wanted)
        }
    }

    /// The place of a value between the ends, from 0 to 1; outside of that range beyond the ends, and `nil` if it has
    /// no place.
    func share(_ value: Double) -> Double? {
        guard axis.scale.holds(value) else { return nil }
        return (axis.scale.position(value) - low) / (high - low)
    }

    private static func widened(_ value: Double, _ scale: AxisScale) -> (Double, Double) {
        if scale.isLogarithmic { return (value / 2, value * 2) }
        let room = value == 0 ? 1 : (value < 0 ? -value : value) / 2
        return value == 0 ? (0, 1) : (value - room, value + room)
    }

    /// The smallest step of 1, 2, 2.5 or 5 times a power of ten that leaves at most that many ticks.
    private static func step(over span: Double, ticks: Int) -> Double {
        let rough = span / Double(ticks)
        let unit = Logarithm.power10(Logarithm.decade(rough))
        for factor in [1, 2, 2.5, 5] where factor * unit >= rough * 0.999 { return factor * unit }
        return 10 * unit
    }

    private mutating func layLinear(_ wanted: Int, rounds: Bool) {
        let step = Self.step(over: high - low, ticks: wanted)
        if rounds {
            low = (low / step + 1e-9).rounded(.down) * step
            high = (high / step - 1e-9).rounded(.up) * step
        }
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first <= last else { return }
        for index in 0...Int(last - first) {
            let value = (first + Double(index)) * step
            ticks.append(Tick(value: value, text: axis.format.text(value, step: step)))
        }
    }

    private mutating func layDecades(_ wanted: Int) {
        let slack = (high - low) * 1e-9
        func inside(_ value: Double) -> Bool {
            let place = Logarithm.natural(value)
            return place >= low - slack && place <= high + slack
        }
        let first = Int((low / 2.302585092994046).rounded(.down))
        let last = Int((high / 2.302585092994046).rounded(.up))
        let decades = (high - low) / 2.302585092994046
        // Whole decades if there are many; else 1, 2 and 5, or 1 and 3 of each; within a decade, steps as on a ruler.
        let multiples: [Double]
        switch Double(wanted) / decades {
        case 8...: return layWithinDecade(wanted)
        case 3...: multiples = [1, 2, 5]
        case 2...: multiples = [1, 3]
        default: multiples = [1]
        }
        var every = Swift.max(1, Int((decades / Double(wanted) - 0.35).rounded(.up)))
        if (first...last).count(where: { $0.isMultiple(of: every) && inside(Logarithm.power10($0)) }) < 2 { every = 1 }
        for exponent in first...last {
            for multiple in 1...9 {
                let value = Double(multiple) * Logarithm.power10(exponent)
                guard inside(value) else { continue }
                let isNamed = multiples.contains(Double(multiple)) && (multiple > 1 || exponent.isMultiple(of: every))
                if isNamed {
                    ticks.append(Tick(value: value, text: axis.format.text(value, step: 0)))
                } else if every == 1, decades <= 5 || multiple == 1 {
                    ticks.append(Tick(value: value, text: ""))
                }
            }
        }
        if ticks.count(where: { !$0.text.isEmpty }) < 2 {
            ticks = []
            layWithinDecade(wanted)
        }
    }

    /// Ticks as on a linear axis, placed by their logarithm.
    private mutating func layWithinDecade(_ wanted: Int) {
        let linear = AxisLayout(
            Axis(axis.label, format: axis.format, domain: Self.exponential(low)...Self.exponential(high)), values: [],
            ticks: wanted, rounds: false)
        ticks = linear.ticks
    }

    private mutating func layDoublings(_ wanted: Int) {
        let unit = 0.6931471805599453
        let first = Int((low / unit - 1e-9).rounded(.up))
        let last = Int((high / unit + 1e-9).rounded(.down))
        guard first <= last else { return layWithinDecade(wanted) }
        guard first > -60, last < 60, last - first <= 40 else { return layDecades(wanted) }
        let every = Swift.max(1, (last - first) / wanted + 1)
        for exponent in first...last {
            let value = exponent >= 0 ? Double(1 << exponent) : 1 / Double(1 << -exponent)
            let text = exponent.isMultiple(of: every) ? axis.format.text(value, step: 0) : ""
            ticks.append(Tick(value: value, text: text))
        }
    }

    /// e to a power, by halving the argument and squaring; only for the ends of an axis.
    static func exponential(_ power: Double) -> Double {
        let small = power / 1_024
        var sum = 1.0
        for term in stride(from: 12, through: 1, by: -1) { sum = 1 + small / Double(term) * sum }
        for _ in 0..<10 { sum *= sum }
        return sum
    }
}

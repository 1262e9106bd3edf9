import LawFitting
import Quantities

/// Numbers of fits as people read them.
enum FitText {
    static func number(_ value: Double) -> String {
        value.isFinite ? Quantity.significant(value, digits: 5) : value > 0 ? "∞" : value < 0 ? "-∞" : "–"
    }

    static func number(_ value: Double?) -> String { value.map { number($0) } ?? "–" }

    static func interval(_ interval: Interval?) -> String {
        interval.map { "\(number($0.lower)) to \(number($0.upper))" } ?? "–"
    }

    /// A relative error, with the rounding errors of an exact fit set to 0.
    static func withoutRounding(_ share: Double) -> Double { abs(share) < 1e-13 ? 0 : share }

    static func percent(_ share: Double?) -> String { share.map { Quantity.percent($0) } ?? "–" }
}

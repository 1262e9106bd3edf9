import ArgumentParser
import DataWallKit

/// A range to sweep, as `flops=1e20:1e25:log:26`: quantity, first, last, and optionally spacing and points.
struct SweepArgument: Sendable {
    let axis: SweepAxis

    /// Reads a range.
    ///
    /// - Throws: `ValidationError` with the unreadable part, and the right spelling.
    init(parsing argument: String) throws {
        let range = try SweepText(argument)
        axis = try range.named(SweepAxis.Quantity.allCases) { quantity throws(PlanningError) in
            try SweepAxis(
                quantity, from: range.first, to: range.last, spacing: range.spacing, points: range.points)
        }
    }
}

/// A range that predictions are made over.
struct PredictionSweepArgument: Sendable {
    let axis: PredictionAxis

    /// Reads a range.
    ///
    /// - Throws: `ValidationError` with the unreadable part, and the right spelling.
    init(parsing argument: String) throws {
        let range = try SweepText(argument)
        axis = try range.named(PredictionAxis.Quantity.allCases) { quantity throws(PlanningError) in
            try PredictionAxis(
                quantity, from: range.first, to: range.last, spacing: range.spacing, points: range.points)
        }
    }
}

/// The parts of a range as a person writes it.
private struct SweepText {
    let name: String
    let first: Double
    let last: Double
    let spacing: SweepAxis.Spacing
    let points: Int?

    init(_ argument: String) throws {
        let sides = argument.split(separator: "=", maxSplits: 1).map(String.init)
        let parts = sides.last?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
        guard sides.count == 2, (2...4).contains(parts.count) else {
            throw ValidationError(
                "A range is quantity=first:last, and optionally :log or :linear and :points, as flops=1e20:1e25:log:26."
            )
        }
        func end(_ text: String) throws -> Double {
            do {
                return try Quantity.number(text)
            } catch { throw ValidationError("'\(text)' is not a quantity such as 1e22, 70B or 1.4T: \(error).") }
        }
        var (spacing, points): (SweepAxis.Spacing, Int?) = (.log, nil)
        for part in parts.dropFirst(2) {
            if let known = SweepAxis.Spacing(rawValue: part) {
                spacing = known
            } else if let count = Int(part), points == nil {
                points = count
            } else {
                throw ValidationError("'\(part)' is neither log nor linear, nor the number of points.")
            }
        }
        name = sides[0]
        first = try end(parts[0])
        last = try end(parts[1])
        self.spacing = spacing
        self.points = points
    }

    /// The axis of the quantity that the range names.
    func named<Name: RawRepresentable<String>, Axis>(
        _ known: [Name], _ axis: (Name) throws(PlanningError) -> Axis
    ) throws -> Axis {
        guard let quantity = Name(rawValue: String(name.map { $0 == "-" ? "_" : $0 })) else {
            let names = known.map { String($0.rawValue.map { $0 == "_" ? "-" : $0 }) }
            throw ValidationError("'\(name)' cannot be swept; what can is \(names.joined(separator: ", ")).")
        }
        do {
            return try axis(quantity)
        } catch { throw ValidationError("\(error).") }
    }
}

import ArgumentParser
import DataWallKit

/// A range to sweep, as `flops=1e20:1e25:log:26`: quantity, first, last, and optionally spacing and points.
struct SweepArgument: Sendable {
    let axis: SweepAxis

    /// Reads a range.
    ///
    /// - Throws: `ValidationError` with what cannot be read, and how it would be written.
    init(parsing argument: String) throws {
        let sides = argument.split(separator: "=", maxSplits: 1).map(String.init)
        let parts = sides.last?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
        guard sides.count == 2, (2...4).contains(parts.count) else {
            throw ValidationError(
                "A range is quantity=first:last, and optionally :log or :linear and :points, as flops=1e20:1e25:log:26."
            )
        }
        guard let quantity = SweepAxis.Quantity(rawValue: String(sides[0].map { $0 == "-" ? "_" : $0 })) else {
            let known = SweepAxis.Quantity.allCases.map { String($0.rawValue.map { $0 == "_" ? "-" : $0 }) }
            throw ValidationError("'\(sides[0])' cannot be swept; what can is \(known.joined(separator: ", ")).")
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
        do {
            axis = try SweepAxis(
                quantity, from: try end(parts[0]), to: try end(parts[1]), spacing: spacing, points: points)
        } catch let error as PlanningError { throw ValidationError("\(error).") }
    }
}

import ArgumentParser
import DataWallKit

/// A range to sweep, as `flops=1e20:1e25:log:26`: quantity, first, last, and optionally spacing and points.
struct SweepArgument: ExpressibleByArgument, Sendable {
    let axis: SweepAxis

    init?(argument: String) {
        let sides = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2,
            let quantity = SweepAxis.Quantity(rawValue: String(sides[0].map { $0 == "-" ? "_" : $0 }))
        else { return nil }
        let parts = sides[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...4).contains(parts.count), let first = ReadableQuantity(argument: parts[0]),
            let last = ReadableQuantity(argument: parts[1])
        else { return nil }
        var (spacing, points): (SweepAxis.Spacing, Int?) = (.log, nil)
        for part in parts.dropFirst(2) {
            if let known = SweepAxis.Spacing(rawValue: part) {
                spacing = known
            } else if let count = Int(part), points == nil {
                points = count
            } else {
                return nil
            }
        }
        guard
            let axis = try? SweepAxis(quantity, from: first.value, to: last.value, spacing: spacing, points: points)
        else { return nil }
        self.axis = axis
    }
}

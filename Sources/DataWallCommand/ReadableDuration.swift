import ArgumentParser

/// A time as people write it: `30ms`, `0.03s`, `0.03`.
struct ReadableDuration: ExpressibleByArgument, Sendable {
    let seconds: Double

    init?(argument: String) {
        let units: [(String, Double)] = [("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("", 1)]
        guard let (unit, scale) = units.first(where: { argument.hasSuffix($0.0) }),
            let value = Double(argument.dropLast(unit.count).filter { $0 != " " && $0 != "_" }), value.isFinite
        else { return nil }
        seconds = value * scale
    }
}

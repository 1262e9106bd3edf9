import ArgumentParser

/// A share, or a range of shares: `0.7` is 0.7 to 1, `0.5..0.9` what it says.
struct ShareRange: ExpressibleByArgument, Sendable {
    let range: ClosedRange<Double>

    init?(argument: String) {
        var parts = [argument]
        if let dots = argument.firstRange(of: "..") {
            parts = [String(argument[..<dots.lowerBound]), String(argument[dots.upperBound...].drop { $0 == "." })]
        }
        let shares = parts.compactMap { Double($0) }
        guard shares.count == parts.count, shares.allSatisfy({ $0 > 0 && $0 <= 1 }) else { return nil }
        let (lower, upper) = (shares[0], shares.count == 2 ? shares[1] : 1)
        guard lower <= upper else { return nil }
        range = lower...upper
    }
}

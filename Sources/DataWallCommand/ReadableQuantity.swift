import ArgumentParser

/// A quantity as people write it: `70B`, `1.4T`, `1e22`, `25_000`, `2GiB`.
struct ReadableQuantity: ExpressibleByArgument, Sendable {
    let value: Double

    /// Decimal suffixes: thousands to quadrillions, as counts of parameters and tokens are written.
    private static let decimal: [String: Double] = [
        "": 1, "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "g": 1e9, "G": 1e9, "t": 1e12, "T": 1e12,
        "p": 1e15, "P": 1e15,
    ]
    /// Suffixes of sizes in bytes.
    private static let sizes: [String: Double] = [
        "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
        "KiB": 1_024, "MiB": 1_048_576, "GiB": 1_073_741_824, "TiB": 1_099_511_627_776,
    ]

    init(value: Double) { self.value = value }

    init?(argument: String) {
        let text = argument.filter { $0 != "_" && $0 != "," && $0 != " " }
        let suffix = String(text.reversed().prefix { $0.isLetter }.reversed())
        let digits = text.dropLast(suffix.count)
        guard let scale = Self.decimal[suffix] ?? Self.sizes[suffix], let number = Double(digits), number.isFinite,
            (number * scale).isFinite
        else { return nil }
        value = number * scale
    }

    /// The quantity as one would write it: `2GiB` for a size, `1` for a number.
    var defaultValueDescription: String {
        for (unit, scale) in [("GiB", 1_073_741_824), ("MiB", 1_048_576)] {
            if let size = Int(exactly: value), size > 0, size.isMultiple(of: scale) { return "\(size / scale)\(unit)" }
        }
        return Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}

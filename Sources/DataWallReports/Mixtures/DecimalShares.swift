/// Weights as decimals of twelve places that add up to exactly 1.
///
/// Each weight is cut off, and the difference to 1 goes to the largest remainders, as for the seats of a parliament. A
/// weight above 0 never becomes 0: the heaviest weight is reduced instead.
struct DecimalShares {
    /// Decimals after the point.
    static let places = 12

    /// 10¹², the parts of 1.
    private static let whole = 1_000_000_000_000

    /// The parts of each weight.
    private let parts: [Int]

    /// Cuts weights.
    ///
    /// - Parameter weights: Weights of 0 or more that add up to 1, except for rounding.
    /// - Complexity: O(*k*·log *k*) for *k* weights.
    init(_ weights: [Double]) {
        let scaled = weights.map { Swift.min(Swift.max($0, 0), 1) * Double(Self.whole) }
        var parts = scaled.map { Int($0.rounded(.down)) }
        for index in parts.indices where weights[index] > 0 && parts[index] == 0 { parts[index] = 1 }
        var missing = Self.whole - parts.reduce(0, +)
        let kept = parts.indices.filter { weights[$0] > 0 }
        func remainder(_ index: Int) -> Double { scaled[index] - Double(parts[index]) }
        let order = kept.sorted { (remainder($1), scaled[$1], $0) < (remainder($0), scaled[$0], $1) }
        while missing > 0, !order.isEmpty {
            for index in order.prefix(missing) { parts[index] += 1 }
            missing -= Swift.min(missing, order.count)
        }
        for index in kept.sorted(by: { (parts[$1], $0) < (parts[$0], $1) }) where missing < 0 {
            let given = Swift.min(-missing, parts[index] - 1)
            parts[index] -= given
            missing += given
        }
        self.parts = parts
    }

    /// The decimals of a weight; loaders want no exponents.
    func text(_ index: Int) -> String {
        let digits = String(parts[index] % Self.whole)
        return "\(parts[index] / Self.whole)." + String(repeating: "0", count: Self.places - digits.count) + digits
    }

    /// A weight as its decimals say it.
    func value(_ index: Int) -> Double { Double(parts[index]) / Double(Self.whole) }
}

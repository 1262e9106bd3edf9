/// Rounds sums in a finer unit to whole tokens so that they still add up.
///
/// Every sum is rounded up or down, so it is within one token of its exact value; which of the two is chosen by the
/// largest fractions (Hamilton's method). The result depends on only the sums.
struct TokenRounding {
    /// How many of the finer units make a token.
    let unitsPerToken: Double

    /// The nearest number of tokens.
    func nearest(_ sum: Int) -> Int { Int((Double(sum) / unitsPerToken).rounded()) }

    /// A sum, and a larger one that includes it.
    struct Pair: Equatable {
        var part: Int
        var whole: Int
    }

    /// Rounds pairs so that both columns add up to the nearest number of tokens, no part exceeds its whole, and equal
    /// sums stay equal.
    ///
    /// A part can exceed its whole only if both sums of a pair round down to the same number. Those pairs are rounded
    /// up together, the wholes of raised parts first. Since their wholes have the larger fractions, there are enough of
    /// them.
    ///
    /// - Complexity: O(*n* log *n*).
    func pairs(_ sums: [Pair]) -> [Pair] {
        let split = sums.map { (part: divided($0.part), whole: divided($0.whole)) }
        var result = split.map { Pair(part: $0.part.tokens, whole: $0.whole.tokens) }
        let isEqual = sums.map { $0.part == $0.whole }
        let isTight = split.map { $0.part.tokens == $0.whole.tokens }
        let groups = [
            sums.indices.filter { isEqual[$0] }, sums.indices.filter { !isEqual[$0] && isTight[$0] },
            sums.indices.filter { !isTight[$0] },
        ]
        var (parts, wholes) = (Running(), Running())
        for (number, group) in groups.enumerated() {
            let raisedParts = largest(
                parts.add(group.map { split[$0].part.fraction }), of: group.map { ($0, split[$0].part.fraction) })
            for row in raisedParts { result[row].part += 1 }
            let mustFollow = number < 2 ? Set(raisedParts) : []
            let raisedWholes = largest(
                wholes.add(group.map { split[$0].whole.fraction }),
                of: group.map { ($0, split[$0].whole.fraction + (mustFollow.contains($0) ? 1 : 0)) })
            for row in raisedWholes { result[row].whole += 1 }
        }
        return result
    }

    /// Rounds sums so that they add up to `total` tokens, which is close to their exact total.
    ///
    /// - Complexity: O(*n* log *n*).
    func parts(_ sums: [Int], addingTo total: Int) -> [Int] {
        let split = sums.map { divided($0) }
        var result = split.map(\.tokens)
        var missing = total - result.reduce(0, +)
        let order = largest(sums.count, of: sums.indices.filter { sums[$0] > 0 }.map { ($0, split[$0].fraction + 1) })
        while missing > 0, !order.isEmpty {
            for row in order.prefix(missing) { result[row] += 1 }
            missing -= min(missing, order.count)
        }
        while missing < 0 {
            let holding = order.reversed().filter { result[$0] > 0 }.prefix(-missing)
            guard !holding.isEmpty else { break }
            for row in holding { result[row] -= 1 }
            missing += holding.count
        }
        return result
    }

    /// The whole tokens of a sum and the remainder, as a fraction of a token.
    private func divided(_ sum: Int) -> (tokens: Int, fraction: Double) {
        let exact = Double(sum) / unitsPerToken
        let whole = exact.rounded(.down)
        return (Int(whole), exact - whole)
    }

    /// The rows with the largest positive keys, the first of equal ones.
    private func largest(_ count: Int, of rows: [(row: Int, key: Double)]) -> [Int] {
        let sorted = rows.filter { $0.key > 0 }.sorted { $0.key != $1.key ? $0.key > $1.key : $0.row < $1.row }
        return sorted.prefix(max(0, count)).map(\.row)
    }

    /// A running sum of fractions, rounded anew after each group so that the error does not grow.
    private struct Running {
        private var sum = 0.0
        private var given = 0

        /// How many of a group's sums are rounded up.
        mutating func add(_ fractions: [Double]) -> Int {
            for fraction in fractions { sum += fraction }
            let count = Int(sum.rounded()) - given
            given += count
            return count
        }
    }
}

import ScalingLaws

/// Sets of values that a law's coefficients may have: the refits of its card, or draws from its covariance.
struct CoefficientSets: Sendable {
    var sets: [[Double]]

    var source: IntervalSource

    /// The central share of the sets that an interval holds.
    static let intervalLevel = 0.9

    /// The fewest sets that an interval is taken over.
    static let fewest = 20

    /// Draws from a covariance.
    static let draws = 100

    /// Why a card has no such sets.
    struct Absence: Error {
        var reason: String
    }

    /// The sets of a card: refits if it has any, else draws.
    ///
    /// Draws are normal around the card's values, and the same every time; those outside the coefficients' bounds are
    /// left out.
    init(_ card: ModelCard) throws(Absence) {
        if card.ensemble.count >= Self.fewest {
            self.init(sets: card.ensemble, source: .ensemble)
            return
        }
        guard let covariance = card.covariance, let values = try? card.values() else {
            throw Absence(
                reason: card.ensemble.isEmpty
                    ? "the law's card has neither refits nor a covariance"
                    : "the law's card has \(card.ensemble.count) refits, and \(Self.fewest) are needed")
        }
        guard let root = Self.root(of: covariance), root.count == values.count else {
            throw Absence(reason: "the covariance of the law's card is none: a variance would be negative")
        }
        var random = SeededGenerator(seed: 0x0DA7_AA11)
        var sets: [[Double]] = []
        for _ in 0..<(20 * Self.draws) where sets.count < Self.draws {
            let shifts = values.map { _ in random.normal() }
            let set = values.indices.map { row in
                values[row] + (0...row).reduce(0) { $0 + root[row][$1] * shifts[$1] }
            }
            if (try? card.validate(set)) != nil { sets.append(set) }
        }
        guard sets.count >= Self.fewest else {
            throw Absence(
                reason: "nearly all draws from the covariance of the law's card leave the coefficients' bounds")
        }
        self.init(sets: sets, source: .covariance)
    }

    private init(sets: [[Double]], source: IntervalSource) {
        self.sets = sets
        self.source = source
    }

    /// Some of the sets, evenly spread over them.
    func spread(_ count: Int) -> [[Double]] {
        guard count < sets.count else { return sets }
        return (0..<count).map { sets[$0 * sets.count / count] }
    }

    /// The lower triangle whose product with its transpose is the matrix (Cholesky); `nil` if there is none.
    ///
    /// A coefficient that does not vary has a row of zeros.
    private static func root(of matrix: [[Double]]) -> [[Double]]? {
        let count = matrix.count
        var root = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for row in 0..<count {
            guard matrix[row].count == count, matrix[row][row].isFinite else { return nil }
            for column in 0...row {
                let rest = (0..<column).reduce(matrix[row][column]) { $0 - root[row][$1] * root[column][$1] }
                if column < row {
                    root[row][column] = root[column][column] > 0 ? rest / root[column][column] : 0
                } else {
                    let slack = 1e-9 * abs(matrix[row][row])
                    guard rest >= -slack else { return nil }
                    root[row][row] = rest > slack ? rest.squareRoot() : 0
                }
            }
        }
        return root
    }
}

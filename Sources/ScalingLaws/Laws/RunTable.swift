/// Training runs as columns, for evaluating and fitting laws.
public struct RunTable: Sendable, Hashable {
    /// N of each run.
    public let parameters: [Double]

    /// D of each run.
    public let tokens: [Double]

    /// The unique tokens available to each run.
    public let uniqueTokens: [Double]

    /// Further quantities by name, a value for each run.
    public let features: [String: [Double]]

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - parameters: N of each run.
    ///   - tokens: D of each run.
    ///   - uniqueTokens: The unique tokens available to each run; `nil` means as many as D, so that nothing repeats.
    ///   - features: Further quantities by name.
    /// - Throws: ``LawError/unevenColumn(_:count:expected:)`` for columns of different lengths, and
    ///   ``LawError/unusableQuantity(_:value:)``, which names the row, for a quantity that is not positive and finite
    ///   or a feature that is not finite.
    /// - Complexity: O(*n*) in the values.
    public init(
        parameters: [Double], tokens: [Double], uniqueTokens: [Double]? = nil, features: [String: [Double]] = [:]
    ) throws(LawError) {
        let unique = uniqueTokens ?? tokens
        let columns = [("tokens (D)", tokens), ("unique tokens (U)", unique)] + features.sorted { $0.key < $1.key }
        for (name, column) in columns where column.count != parameters.count {
            throw .unevenColumn(name, count: column.count, expected: parameters.count)
        }
        for row in parameters.indices {
            do {
                try TrainingRun.check(parameters: parameters[row], tokens: tokens[row], uniqueTokens: unique[row])
            } catch {
                guard case .unusableQuantity(let name, let value) = error else { throw error }
                throw .unusableQuantity(name + " of run \(row + 1)", value: value)
            }
            for (name, column) in features where !column[row].isFinite {
                throw .unusableQuantity("\(name) of run \(row + 1)", value: column[row])
            }
        }
        self.parameters = parameters
        self.tokens = tokens
        self.uniqueTokens = unique
        self.features = features
    }

    /// How many runs the table holds.
    public var count: Int { parameters.count }
}

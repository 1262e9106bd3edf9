/// A mixture as it was printed: sources with pools, weights, epochs or amounts drawn, and a total.
///
/// Nothing in it is corrected. ``findings(cap:)`` says where its figures contradict each other.
public struct MixtureTable: Sendable, Hashable {
    /// A source's line.
    public struct Row: Sendable, Hashable {
        /// The source.
        public var source: String

        /// The size of its pool without repetition, where printed.
        public var pool: PrintedNumber?

        /// Its share of the training stream, where printed.
        public var weight: PrintedNumber?

        /// Passes over its pool, where printed.
        public var epochs: PrintedNumber?

        /// The amount drawn from it, where printed.
        public var consumed: PrintedNumber?

        /// Creates a line.
        public init(
            source: String, pool: PrintedNumber? = nil, weight: PrintedNumber? = nil, epochs: PrintedNumber? = nil,
            consumed: PrintedNumber? = nil
        ) {
            self.source = source
            self.pool = pool
            self.weight = weight
            self.epochs = epochs
            self.consumed = consumed
        }
    }

    /// The lines.
    public var rows: [Row]

    /// The length of the training stream, where printed, in the unit of the pools.
    public var budget: Double?

    /// The unit of pools and amounts, such as `B tokens` or `GiB`.
    public var unit: String

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - rows: The lines.
    ///   - budget: The length of the training stream, in the unit of the pools.
    ///   - unit: The unit of pools and amounts.
    public init(rows: [Row], budget: Double? = nil, unit: String = "tokens") {
        self.rows = rows
        self.budget = budget
        self.unit = unit
    }

    /// The sum of the weights, where every line has one.
    public var weightSum: Double? { Self.sum(rows.map { $0.weight?.value }) }

    /// The sum of the amounts drawn, printed or pool times epochs, where every line has one.
    public var consumedSum: Double? { Self.sum(rows.map(Self.consumed)) }

    /// The total that most lines agree on: the median of amount drawn over weight, where lines have both.
    public var agreedTotal: Double? {
        let totals = rows.compactMap { row -> Double? in
            guard let consumed = Self.consumed(row), let weight = row.weight?.value, weight > 0 else { return nil }
            return consumed / weight
        }.sorted()
        guard !totals.isEmpty else { return nil }
        return (totals[(totals.count - 1) / 2] + totals[totals.count / 2]) / 2
    }

    /// Passes over a line's pool as weight, total and pool imply them, or amount drawn and pool.
    ///
    /// - Parameter row: A line of the table.
    /// - Returns: The passes, or `nil` where the line does not say enough.
    public func derivedEpochs(_ row: Row) -> Double? {
        guard let pool = row.pool?.value, pool > 0 else { return nil }
        if let weight = row.weight?.value, let total = budget ?? consumedSum { return weight * total / pool }
        return row.consumed.map { $0.value / pool }
    }

    /// A line's pool, printed, or as weight, total and epochs imply it.
    ///
    /// - Parameter row: A line of the table.
    /// - Returns: The size, or `nil` where the line does not say enough.
    public func derivedPool(_ row: Row) -> Double? {
        if let pool = row.pool?.value { return pool }
        guard let weight = row.weight?.value, let epochs = row.epochs?.value, epochs > 0, let budget else { return nil }
        return weight * budget / epochs
    }

    static func consumed(_ row: Row) -> Double? {
        if let consumed = row.consumed { return consumed.value }
        guard let pool = row.pool?.value, let epochs = row.epochs?.value else { return nil }
        return pool * epochs
    }

    private static func sum(_ values: [Double?]) -> Double? {
        var sum = 0.0
        for value in values {
            guard let value else { return nil }
            sum += value
        }
        return values.isEmpty ? nil : sum
    }
}

/// A printed number, with half a unit of its last digit, the largest error of rounding.
public struct PrintedNumber: Sendable, Hashable {
    /// The number.
    public var value: Double

    /// Half a unit of the last digit that was printed; 0 where the number is exact.
    public var rounding: Double

    /// Creates a number.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - rounding: Half a unit of the last digit that was printed.
    public init(_ value: Double, rounding: Double = 0) {
        self.value = value
        self.rounding = rounding
    }

    /// Reads a printed number; `nil` if the text is not a number.
    ///
    /// - Parameter text: Digits with an optional decimal point, such as `0.045`; other forms count as exact.
    public init?(printed text: String) {
        guard let value = Double(text), value.isFinite else { return nil }
        self.value = value
        rounding = 0
        guard text.allSatisfy({ $0.isNumber || $0 == "." }) else { return }
        var unit = 1.0
        if let point = text.firstIndex(of: ".") {
            for _ in text[text.index(after: point)...] { unit /= 10 }
        }
        rounding = unit / 2
    }
}

public import DataMixing
public import ScalingLaws

/// A published mixture: its table as printed, and its publication.
public struct PublishedMixture: Sendable {
    /// The name that commands use.
    public let name: String

    /// The publication and its table.
    public let source: String

    /// The unit of pools and amounts.
    public let unit: String

    /// The length of the training stream, in that unit.
    public let budget: Double

    private let text: String

    init(name: String, source: String, unit: String, budget: Double, table: String) {
        self.name = name
        self.source = source
        self.unit = unit
        self.budget = budget
        text = table
    }

    /// The table as CSV: the file in `Datasets/mixtures/published`.
    public var csv: String { text }

    /// The table.
    public var table: MixtureTable {
        do {
            var table = try MixtureTableReader().read(text, budget: budget)
            table.unit = unit
            return table
        } catch { preconditionFailure("a table that ships with the package is read: \(error)") }
    }

    /// The pools as a supply, in tokens.
    ///
    /// - Throws: `MixtureError` for a table that counts text and not tokens.
    public func supply() throws(MixtureError) -> DataSupply {
        guard unit == "B tokens" else {
            throw .contradiction(
                "the published mixture '\(name)' counts \(unit) of text, not tokens, so no training tokens can be mixed "
                    + "from it: 'datawall mixtures \(name)' shows it")
        }
        let table = table
        return try DataSupply(
            sources: table.rows.map { row in
                SourceSupply(name: row.source, uniqueTokens: (table.derivedPool(row) ?? 0) * 1e9)
            })
    }

    /// The printed weights, scaled to add up to 1, as a method of the name of the mixture.
    public var method: GivenWeights {
        let table = table
        let sum = table.weightSum ?? 1
        return GivenWeights(
            Dictionary(
                table.rows.map { ($0.source, ($0.weight?.value ?? 0) / sum) }, uniquingKeysWith: { first, _ in first }),
            identifier: name, summary: "weights as published: \(source)")
    }

    /// The mixture of a name.
    ///
    /// - Throws: `LawError.unknownName` with the nearest names.
    public static func named(_ name: String) throws(LawError) -> PublishedMixture {
        if let mixture = all.first(where: { $0.name == name }) { return mixture }
        let known = all.map(\.name)
        throw .unknownName(
            name, kind: "published mixture", nearest: nearestNames(to: name, among: known), known: known)
    }
}

public import DataMixing
public import OrderedJSON
import Quantities
public import TrainingPlanning

/// The public corpora that a program knows, as a table, with the largest model that each supports.
public struct SupplyListing: Sendable {
    private let supplies: [PublishedSupply]

    /// Tokens per parameter used to compute the largest model.
    private let ratio: Double

    /// Creates a listing.
    ///
    /// - Parameters:
    ///   - supplies: The corpora.
    ///   - tokensPerParameter: Tokens per parameter used to compute the largest model that the data support.
    public init(
        _ supplies: [PublishedSupply] = PublishedSupply.all,
        tokensPerParameter: Double = DataWall.usualTokensPerParameter
    ) {
        self.supplies = supplies
        ratio = tokensPerParameter
    }

    /// The listing for a terminal, line by line.
    ///
    /// - Parameter explained: Whether sources and notes follow; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the corpora.
    public func text(explained: Bool = false) -> [String] {
        var table = TextTable(columns: [
            "supply": .left, "tokens": .right, "exact-unique": .right, "near-unique": .right,
            "largest model": .right, "data limit from": .right,
        ])
        for item in rows {
            func count(_ value: Double?) -> String { value.map { Quantity.short($0) } ?? "–" }
            table.add([
                item.supply.name, Quantity.short(item.supply.tokens), count(item.supply.exactUniqueTokens),
                count(item.supply.nearUniqueTokens), Quantity.short(item.largestModel),
                Quantity.flops(item.flops) + " FLOPs",
            ])
        }
        let sources = supplies.map { supply in
            "\(supply.name): \(supply.source)" + (supply.note.isEmpty ? "." : "; \(supply.note).")
        }
        var answer = ScreenAnswer()
        answer.say(
            "\(Quantity.count(supplies.count, "public corpus", plural: "public corpora")) for 'datawall plan --supply NAME'."
        )
        answer.skipLine()
        answer.show(table, of: "corpus", plural: "corpora")
        answer.skipLine()
        answer.say([
            "Largest model: trained for one epoch at \(Quantity.short(ratio)) tokens per parameter. With more compute than "
                + "that run takes (6ND), unique data are the limit.",
            "Without published unique counts (–), tokens include copies: fewer are unique.",
        ])
        answer.explain("Sources", sources)
        return answer.lines(explained: explained)
    }

    /// The listing as JSON; write it with `fileText()`.
    ///
    /// - Complexity: O(*n*) in the corpora.
    public var json: JSONValue { object }

    /// A corpus and the largest model that it supports.
    struct Row {
        let supply: PublishedSupply
        let largestModel: Double

        /// The compute of one epoch by that model.
        var flops: Double { 6 * largestModel * supply.uniqueTokens }
    }

    private var rows: [Row] { supplies.map { Row(supply: $0, largestModel: $0.uniqueTokens / ratio) } }
}

extension SupplyListing: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-supplies-1", title: "datawall list of supplies, version 1",
        summary: "The public corpora that plans may name. Unpublished values are null.")

    package static let fields: [JSONField<SupplyListing>] = [
        .init("format", constant: "datawall-supplies"),
        .init("version", constant: 1),
        .init(written: "tokens_per_parameter", \.ratio, "The ratio that largest models are computed at."),
        .init(written: "supplies", \.rows, "The corpora."),
    ]
}

extension SupplyListing.Row: JSONWrittenRecord {
    package static let fields: [JSONField<SupplyListing.Row>] = [
        .init(written: "name", \.supply.name, "The name that options take."),
        .init(written: "aliases", \.supply.aliases, "Further names."),
        .init(written: "tokens", \.supply.tokens, "The tokens of its files."),
        .init(written: "exact_unique_tokens", \.supply.exactUniqueTokens, "Those left without exact copies."),
        .init(written: "near_unique_tokens", \.supply.nearUniqueTokens, "Those left without near copies."),
        .init(written: "unique_tokens", \.supply.uniqueTokens, "The strictest of the counts, which plans take."),
        .init(written: "largest_model", \.largestModel, "The largest model that one epoch supports."),
        .init(written: "data_bind_at_flops", \.flops, "The compute of one epoch by that model."),
        .init(written: "note", \.supply.note, "How it was deduplicated."),
        .init(written: "source", \.supply.source, "Where the figures were published."),
    ]
}

public import CorpusAudit
import Quantities

extension NearPairTexts {
    /// The pairs as lines for a terminal: the share that they have in common, their places, and both texts from their
    /// first difference.
    ///
    /// - Parameter width: The number of characters of each text to show.
    /// - Returns: The lines, without line ends.
    public func text(width: Int = 400) -> [String] {
        guard !pairs.isEmpty else { return ["No two documents share a band."] }
        return pairs.enumerated().flatMap { number, pair in
            let (first, second) = Self.excerpts(pair.first, pair.second, width: width)
            let bands = Quantity.count(pair.pair.sharedBands, "band")
            return (number == 0 ? [] : [""]) + [
                "\(bands) of \(NearMethod.bands) in common, similarity \(Quantity.fixed(pair.similarity, decimals: 2))",
                Self.place(pair.pair.first, pair.first), "  " + first.visible,
                Self.place(pair.pair.second, pair.second), "  " + second.visible,
            ]
        }
    }

    private static func place(_ document: Audit.NearDuplicates.Document, _ text: String) -> String {
        "\(document.shard.visible), record \(Quantity.grouped(document.record)), \(Quantity.bytes(text.utf8.count)):"
    }

    /// Both texts from shortly before the first character that differs.
    private static func excerpts(_ first: String, _ second: String, width: Int) -> (String, String) {
        let common = zip(first, second).prefix { $0 == $1 }.count
        let start = max(0, common - width / 4)
        func excerpt(_ text: String) -> String {
            let part = text.dropFirst(start)
            return (start > 0 ? "…" : "") + part.prefix(width) + (part.count > width ? "…" : "")
        }
        return (excerpt(first), excerpt(second))
    }
}

public import CorpusAudit
import Quantities

extension CorpusSample {
    /// What was taken, as lines for a terminal.
    ///
    /// - Returns: The lines, without line ends.
    public func text() -> [String] {
        var table = TextTable(columns: ["source": .left, "documents": .right, "bytes": .right])
        for source in sources.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            table.add([source.name, Quantity.grouped(source.documents), Quantity.bytes(source.bytes)])
        }
        return [
            "\(Quantity.grouped(taken)) of \(Quantity.count(documents, "document")) taken, for a share of "
                + "\(Quantity.significant(share, digits: 4)) of the distinct texts.", "",
        ] + table.lines
    }
}

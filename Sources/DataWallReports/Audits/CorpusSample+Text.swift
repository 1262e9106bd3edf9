public import CorpusAudit
import Quantities

extension CorpusSample {
    /// The documents drawn, as lines for a terminal.
    ///
    /// - Parameters:
    ///   - explained: Whether every source is listed; otherwise the answer has at most 24 lines.
    ///   - skipped: The files that were not read, as lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false, skipped: [String] = []) -> [String] {
        var table = TextTable(columns: ["source": .left, "documents": .right, "bytes": .right])
        for source in sources.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            table.add([source.name, Quantity.grouped(source.documents), Quantity.bytes(source.bytes)])
        }
        var answer = ScreenAnswer()
        answer.say(
            "\(Quantity.grouped(taken)) of \(Quantity.count(documents, "document")) taken, for a share of "
                + "\(Quantity.significant(share, digits: 4)) of the distinct texts.")
        answer.skipLine()
        answer.show(table, of: "source")
        answer.remark(skipped)
        answer.hint("'datawall pilots' plans the runs that train on it")
        return answer.lines(explained: explained)
    }
}

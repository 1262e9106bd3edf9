import Quantities
import ScalingLaws
import Tables
public import TrainingPlanning

extension NamedRun {
    /// The released model with a name; case, hyphens and blanks do not matter.
    ///
    /// - Parameter name: The name, such as `Llama 3 8B` or `llama-3-8b`.
    /// - Returns: The model's training run.
    /// - Throws: A `LawError` with the nearest names if there is none.
    public static func released(_ name: String) throws(LawError) -> NamedRun {
        func key(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = key(name)
        if let found = released.first(where: { key($0.name) == wanted }) { return found }
        let names = released.map(\.name)
        throw .unknownName(name, kind: "released model", nearest: nearestNames(to: name, among: names), known: names)
    }

    /// Reads a run as people write it: `mine: 8B, 15T, U=4T`; the name and the unique tokens may be left out.
    ///
    /// - Parameter text: The name and a colon, the parameters, the training tokens, and `U=` the unique tokens.
    /// - Throws: ``RequestError`` with the part that cannot be read.
    public init(reading text: String) throws(RequestError) {
        let named = text.split(separator: ":", maxSplits: 1).map { $0.trimmed }
        let parts = (named.last ?? "").split(separator: ",").map { $0.trimmed }
        let isReleased = (try? Self.released(text)) != nil
        let form =
            isReleased
            ? "name a released model without --run"
            : "write it as 'mine: 8B, 15T, U=4T': parameters, training tokens and, where known, unique tokens"
        var numbers: [Double] = []
        var unique: Double?
        for part in parts {
            let isUnique = part.hasPrefix("U=") || part.hasPrefix("u=")
            do throws(UnreadableQuantity) {
                let value = try Quantity.number(isUnique ? String(part.dropFirst(2)) : part, grouping: .refused)
                if isUnique { unique = value } else { numbers.append(value) }
            } catch { throw RequestError("--run '\(text)': \(error); \(form).") }
        }
        guard numbers.count == 2, text.split(separator: ":").count <= 2 else {
            throw RequestError("--run '\(text)' is no run: \(form).")
        }
        let name = named.count == 2 ? named[0] : "\(Quantity.short(numbers[0])) on \(Quantity.short(numbers[1]))"
        self.init(name: name, parameters: numbers[0], tokens: numbers[1], uniqueTokens: unique)
    }

    /// Reads a table of runs: CSV with the columns name, parameters and tokens, and optionally unique_tokens.
    ///
    /// - Parameter bytes: The table.
    /// - Returns: The runs, in the table's order.
    /// - Throws: A `TableError` that names line and column.
    public static func table(_ bytes: [UInt8]) throws(TableError) -> [NamedRun] {
        let table = try DelimitedTable(bytes, called: "table of runs")
        let purpose = "the columns name, parameters and tokens, and optionally unique_tokens"
        let name = try table.column(required: "name", purpose: purpose)
        let parameters = try table.column(required: "parameters", purpose: purpose)
        let tokens = try table.column(required: "tokens", purpose: purpose)
        let unique = try table.column("unique_tokens")
        var runs: [NamedRun] = []
        for row in table.rows {
            func count(_ column: DelimitedTable.Column?, _ what: String) throws(TableError) -> Double? {
                try table.number(row, column, what, grouping: .allowed, where: { $0 > 0 })
            }
            guard let size = try count(parameters, "a number of parameters above 0, such as 8B"),
                let read = try count(tokens, "a number of tokens above 0, such as 15T")
            else { throw table.problem("a run needs parameters and tokens", row: row, column: parameters) }
            runs.append(
                NamedRun(
                    name: row[name], parameters: size, tokens: read,
                    uniqueTokens: try count(unique, "a number of tokens above 0; leave it empty where unknown")))
        }
        return runs
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

import OrderedJSON

/// A row of an audit's tables; some of its columns exist once for each tokenizer.
///
/// In memory each tokenizer has its own ``Audit``. In a file the columns contain the counts of the first tokenizer, and
/// `further_tokens` next to them those of the others.
protocol TokenRow: JSONRecord, Equatable {
    /// The fields that depend on the tokenizer.
    static var tokenFields: [JSONField<Self>] { get }

    /// The counts of further tokenizers, while a file is written or read; empty otherwise.
    var further: FurtherTokens<Self> { get set }
}

/// The columns of a row by each further tokenizer, under the names of ``TokenColumns/names(of:)``.
typealias FurtherTokens<Row: TokenRow> = JSONDictionary<TokenColumns<Row>>

/// The columns of a row that depend on the tokenizer, without the others.
struct TokenColumns<Row: TokenRow>: JSONRecord, Equatable {
    var row: Row

    static var blank: Self { Self(row: .blank) }
    static var fields: [JSONField<Self>] { Row.tokenFields.map { JSONField($0, of: \.row) } }

    func check(at place: JSONPlace) throws(JSONPathError) { try row.check(at: place) }
}

extension TokenRow {
    /// The field for the counts of further tokenizers.
    static var furtherTokens: JSONField<Self> {
        .init(
            "further_tokens", \.further, "The same counts by each further tokenizer.",
            writtenWhere: { !$0.further.isEmpty })
    }

    /// The row with the counts of further tokenizers.
    func joined(with rows: [Self], _ names: [String]) -> Self {
        var row = self
        row.further = FurtherTokens(names, rows.map { TokenColumns(row: $0) })
        return row
    }

    /// The row as each tokenizer counted it, the first one first.
    ///
    /// - Throws: ``JSONPathError`` where the row does not have just these further tokenizers.
    func separated(_ names: [String], at path: String) throws(JSONPathError) -> [Self] {
        guard further.map(\.name) == names else {
            throw JSONPathError(
                path: path + ".further_tokens",
                reason: names.isEmpty
                    ? "has counts, and further_tokenizers names nothing that counted them"
                    : "must have the further tokenizers in their order: \(names.joined(separator: ", "))")
        }
        var first = self
        first.further = FurtherTokens()
        return [first]
            + further.map { columns in
                var row = first
                for field in Self.tokenFields { field.copy(from: columns.value.row, to: &row) }
                return row
            }
    }

    /// Throws where a row has more unique tokens than tokens.
    func checkUniqueTokens(_ unique: Int, _ tokens: Int, _ place: JSONPlace) throws(JSONPathError) {
        guard unique <= tokens else {
            throw place.member("unique_tokens", .integer(unique)).failure("is above tokens: \(unique) of \(tokens)")
        }
    }
}

extension Array where Element: TokenRow {
    /// Rows with the counts of further tokenizers.
    func joined(with tables: [[Element]], _ names: [String]) -> [Element] {
        guard !names.isEmpty else { return self }
        precondition(tables.allSatisfy { $0.count == count }, "audits of one corpus have the same rows")
        return indices.map { index in self[index].joined(with: tables.map { $0[index] }, names) }
    }

    /// The rows as each tokenizer counted them, the first one first.
    func separated(_ names: [String], at path: String) throws(JSONPathError) -> [[Element]] {
        if names.isEmpty, allSatisfy(\.further.isEmpty) { return [self] }
        var tables = [[Element]](repeating: [], count: 1 + names.count)
        for (index, row) in enumerated() {
            let rows = try row.separated(names, at: "\(path)[\(index)]")
            for (column, row) in rows.enumerated() { tables[column].append(row) }
        }
        return tables
    }
}

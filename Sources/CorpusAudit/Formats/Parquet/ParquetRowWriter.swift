import OrderedJSON
import ParquetReading

/// Writes rows of a Parquet file as records of JSON lines: columns in the file's order, groups as objects.
struct ParquetRowWriter {
    /// The text before the value of each column, and the column's index in a batch.
    private let values: [(prefix: String, place: Int)]
    private let end: String
    /// The columns that cannot be written: lists, and types that are not read.
    let leftOut: [String]

    /// Writes columns of a file, given in the order of a batch.
    init(_ columns: [ParquetColumn], of file: ParquetFile) {
        var values: [(prefix: String, place: Int)] = []
        var open: [Substring] = []
        for (place, column) in columns.enumerated().sorted(by: { $0.element.index < $1.element.index }) {
            let names = column.path.split(separator: ".", omittingEmptySubsequences: false)
            let shared = zip(open, names.dropLast()).prefix { $0 == $1 }.count
            var prefix = String(repeating: "}", count: open.count - shared)
            prefix += values.isEmpty ? "{" : ", "
            for (depth, name) in names[shared...].enumerated() {
                prefix += (depth == 0 ? "" : "{") + JSONValue.string(String(name)).compactText + ": "
            }
            open = Array(names.dropLast())
            values.append((prefix, place))
        }
        self.values = values
        end = String(repeating: "}", count: open.count + 1)
        leftOut = file.columns.filter { $0.kind == nil }.map(\.path)
    }

    /// The record of a row, without a line feed.
    ///
    /// Text that is not UTF-8 has U+FFFD in place of each bad sequence; NaN and the infinities are null.
    func record(at row: Int, of batch: ParquetBatch) -> String {
        var line = ""
        for (prefix, place) in values {
            line += prefix
            switch batch.columns[place] {
            case .texts(let texts):
                let text = texts.range(at: row).map { range in
                    texts.withBuffer { String(decoding: $0[range], as: UTF8.self) }
                }
                line += text.map { JSONValue.string($0).compactText } ?? "null"
            case .scalars(let scalars): line += Self.text(scalars[row])
            }
        }
        return line + end
    }

    private static func text(_ scalar: ParquetScalar?) -> String {
        switch scalar {
        case .float(let value)? where !value.isFinite: "null"
        case .double(let value)? where !value.isFinite: "null"
        case let value?: value.description
        case nil: "null"
        }
    }
}

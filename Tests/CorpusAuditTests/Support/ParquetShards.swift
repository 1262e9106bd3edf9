import ParquetReading
import TestSupport

/// Writes small Parquet files: optional columns, plain values, no compression.
enum ParquetShards {
    enum Values {
        case texts([String?])
        case bytes([[UInt8]])
        case doubles([Double?])
        case integers([Int?])

        var count: Int {
            switch self {
            case .texts(let values): values.count
            case .bytes(let values): values.count
            case .doubles(let values): values.count
            case .integers(let values): values.count
            }
        }

        /// The format's number for the type.
        var type: Int {
            switch self {
            case .texts, .bytes: 6
            case .doubles: 5
            case .integers: 2
            }
        }

        func isNull(_ row: Int) -> Bool {
            switch self {
            case .texts(let values): values[row] == nil
            case .bytes: false
            case .doubles(let values): values[row] == nil
            case .integers(let values): values[row] == nil
            }
        }

        func plain(_ row: Int) -> [UInt8] {
            switch self {
            case .texts(let values): values[row].map { ParquetShards.sized(Array($0.utf8)) } ?? []
            case .bytes(let values): ParquetShards.sized(values[row])
            case .doubles(let values): values[row].map { ParquetShards.bytes($0.bitPattern) } ?? []
            case .integers(let values): values[row].map { ParquetShards.bytes(UInt64(bitPattern: Int64($0))) } ?? []
            }
        }
    }

    /// A file of columns of one length each, a name with a dot being that of a field in a group of its own.
    ///
    /// Returns the bytes and where each page of the first column starts.
    static func file(
        _ columns: KeyValuePairs<String, Values>, groupRows: Int, pageRows: Int = .max, codec: Int = 0
    ) -> (bytes: [UInt8], pages: [Int]) {
        let rows = columns.first?.value.count ?? 0
        var file = Array("PAR1".utf8)
        var groups: [(rows: Int, chunks: [(offset: Int, size: Int)])] = []
        var pages: [Int] = []
        for start in stride(from: 0, to: rows, by: groupRows) {
            let group = start..<min(start + groupRows, rows)
            var chunks: [(offset: Int, size: Int)] = []
            for (place, column) in columns.enumerated() {
                let offset = file.count
                for first in stride(from: group.lowerBound, to: group.upperBound, by: min(pageRows, groupRows)) {
                    if place == 0 { pages.append(file.count) }
                    let last = min(group.upperBound, first + min(pageRows, groupRows))
                    file += page(column.value, first..<last, isNested: column.key.contains("."))
                }
                chunks.append((offset, file.count - offset))
            }
            groups.append((group.count, chunks))
        }
        var footer = ThriftWriter()
        footer.element { thrift in
            thrift.integer(1, 2)
            thrift.structures(2, schema(columns))
            thrift.integer(3, rows)
            thrift.structures(
                4,
                groups.map { group in
                    { thrift in
                        thrift.structures(1, zip(columns, group.chunks).map { chunk($0.value, group.rows, $1, codec) })
                        thrift.integer(2, group.chunks.reduce(0) { $0 + $1.size })
                        thrift.integer(3, group.rows)
                    }
                })
        }
        return (file + footer.bytes + bytes(UInt32(footer.bytes.count)) + Array("PAR1".utf8), pages)
    }

    private typealias Part = (inout ThriftWriter) -> Void

    private static func schema(_ columns: KeyValuePairs<String, Values>) -> [Part] {
        var parts: [Part] = [
            { thrift in
                thrift.text(4, "root")
                thrift.integer(5, columns.count)
            }
        ]
        for (name, values) in columns {
            var leaf = Substring(name)
            if let dot = name.firstIndex(of: ".") {
                leaf = name[name.index(after: dot)...]
                parts.append { thrift in
                    thrift.integer(3, 1)
                    thrift.text(4, String(name[..<dot]))
                    thrift.integer(5, 1)
                }
            }
            parts.append { [leaf] thrift in
                thrift.integer(1, values.type)
                thrift.integer(3, 1)
                thrift.text(4, String(leaf))
                if values.type == 6 { thrift.integer(6, 0) }
            }
        }
        return parts
    }

    private static func chunk(_ values: Values, _ rows: Int, _ place: (offset: Int, size: Int), _ codec: Int) -> Part {
        { thrift in
            thrift.integer(2, place.offset)
            thrift.structure(3) { thrift in
                thrift.integer(1, values.type)
                thrift.integers(2, [0, 3])
                thrift.integer(4, codec)
                thrift.integer(5, rows)
                thrift.integer(6, place.size)
                thrift.integer(7, place.size)
                thrift.integer(9, place.offset)
            }
        }
    }

    private static func page(_ values: Values, _ rows: Range<Int>, isNested: Bool) -> [UInt8] {
        // Runs of one level each: its length, doubled, and the level.
        let levels = rows.flatMap { [2, values.isNull($0) ? 0 : isNested ? 2 : 1] as [UInt8] }
        let body = bytes(UInt32(levels.count)) + levels + rows.flatMap { values.plain($0) }
        var header = ThriftWriter()
        header.element { thrift in
            thrift.integer(1, 0)
            thrift.integer(2, body.count)
            thrift.integer(3, body.count)
            thrift.structure(5) { thrift in
                thrift.integer(1, rows.count)
                thrift.integer(2, 0)
                thrift.integer(3, 3)
                thrift.integer(4, 3)
            }
        }
        return header.bytes + body
    }

    fileprivate static func sized(_ text: [UInt8]) -> [UInt8] { bytes(UInt32(text.count)) + text }

    fileprivate static func bytes<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

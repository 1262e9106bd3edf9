import Foundation

@testable import ParquetReading

/// Small files that `Fixtures/make_fixtures.py` made, and what pyarrow reads in them.
enum Fixture {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func path(_ name: String) -> String { folder.appending(path: "\(name).parquet").path }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// Values by file and column, as `make_fixtures.py` spells them.
    static let expected: [String: [String: [String?]]] = {
        let file = folder.appending(path: "expected.json")
        let read = (try? Data(contentsOf: file)).flatMap {
            try? JSONDecoder().decode([String: [String: [String?]]].self, from: $0)
        }
        return read ?? [:]
    }()

    /// A column's values in the spelling of `expected.json`.
    static func values(
        _ file: ParquetFile, _ path: String, batchRows: Int = 1024, readAhead: Int = 256 << 10
    ) throws -> [String?] {
        let reader = try ParquetReader(
            file, columns: [try file.column(named: path)], batchRows: batchRows, readAhead: readAhead)
        var values: [String?] = []
        for group in file.rowGroups {
            try reader.start(group)
            while let batch = try reader.next() { values += spelled(batch, 0) }
        }
        return values
    }

    static func spelled(_ batch: ParquetBatch, _ column: Int) -> [String?] {
        switch batch.columns[column] {
        case .texts(let texts):
            (0..<texts.count).map { row in texts.bytes(at: row).map { "text " + Data($0).base64EncodedString() } }
        case .scalars(let scalars):
            scalars.map { value in
                switch value {
                case nil: nil
                case .float(let value)?: "bits \(Double(value).bitPattern)"
                case .double(let value)?: "bits \(value.bitPattern)"
                case let value?: value.description
                }
            }
        }
    }

    /// The texts of a batch's column.
    static func texts(_ batch: ParquetBatch, _ column: Int = 0) -> [String?] {
        guard case .texts(let texts) = batch.columns[column] else { return [] }
        return (0..<texts.count).map { row in texts.bytes(at: row).map { String(decoding: $0, as: UTF8.self) } }
    }

    /// A file in memory.
    static func source(_ bytes: [UInt8]) -> ParquetSource {
        ParquetSource(size: bytes.count) { offset, buffer in
            let part = bytes[min(offset, bytes.count)..<min(offset + buffer.count, bytes.count)]
            buffer.copyBytes(from: part)
            return part.count
        }
    }

    static func open(_ bytes: [UInt8], limits: ParquetLimits = ParquetLimits()) throws(ParquetError) -> ParquetFile {
        try ParquetFile(source(bytes), limits: limits)
    }
}

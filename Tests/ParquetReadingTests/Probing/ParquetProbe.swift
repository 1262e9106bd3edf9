import TestSupport

@testable import ParquetReading

/// Feeds any bytes to the reader and says which of its promises it broke.
///
/// What fuzzing and the tests of its findings share. Bytes may be refused; the reader may not crash, hang, hand out memory
/// that is not its own, or answer twice in two ways.
enum ParquetProbe {
    /// Reads bytes as a file.
    ///
    /// An even first byte is followed by a whole file. An odd one is followed by three bytes that choose type, codec and
    /// number of rows, then by the pages of a column, for which a footer is made: changes to a whole file seldom leave it
    /// one.
    ///
    /// - Parameter bytes: What the reader is given.
    /// - Returns: The promise it broke, or `nil`.
    static func feed(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let content = Array(bytes.dropFirst())
        guard let file = first & 1 == 0 ? content : column(content) else { return nil }
        let source = ParquetSource(size: file.count) { offset, buffer in
            let part = file[offset..<min(offset + buffer.count, file.count)]
            buffer.copyBytes(from: part)
            return part.count
        }
        let limits = ParquetLimits(pageBytes: 1 << 20, footerBytes: 1 << 20)
        let opened: ParquetFile
        do {
            opened = try ParquetFile(source, limits: limits)
        } catch {
            return error.description.isEmpty ? "a fault says nothing" : nil
        }
        if (try? opened.column(named: "no such column")) != nil { return "a column is found that is not there" }
        let columns = opened.columns.filter { $0.kind != nil }.prefix(6)
        guard !columns.isEmpty else { return nil }
        for chosen in columns.map({ [$0] }) + (columns.count > 1 ? [Array(columns)] : []) {
            let large = read(opened, chosen, batchRows: 1024, readAhead: 1 << 16)
            let small = read(opened, chosen, batchRows: 3, readAhead: 1)
            if let broken = large.broken ?? small.broken { return broken }
            if large.rows != small.rows { return "the rows depend on the size of batches" }
            if large.faults != small.faults { return "the faults depend on the size of batches" }
        }
        return nil
    }

    /// The most rows that are looked at, and row groups that are begun.
    private static let mostRows = 3000
    private static let mostRowGroups = 8

    private struct Outcome {
        var rows: [UInt64] = []
        var faults: [String] = []
        var broken: String?
    }

    private static func read(
        _ file: ParquetFile, _ columns: [ParquetColumn], batchRows: Int, readAhead: Int
    ) -> Outcome {
        var outcome = Outcome()
        guard let reader = try? ParquetReader(file, columns: columns, batchRows: batchRows, readAhead: readAhead) else {
            return outcome
        }
        for group in file.rowGroups.prefix(mostRowGroups) {
            var rowsLeft = min(group.rowCount, mostRows - outcome.rows.count)
            var next = group.firstRow
            do throws(ParquetError) {
                try reader.start(group)
                while rowsLeft > 0, let batch = try reader.next() {
                    guard batch.count > 0, batch.count <= batchRows, batch.firstRow == next else {
                        outcome.broken = "a batch has \(batch.count) rows from row \(batch.firstRow) on, after \(next)"
                        return outcome
                    }
                    next += batch.count
                    for row in 0..<min(batch.count, rowsLeft) {
                        guard let sum = sum(of: row, batch) else {
                            outcome.broken = "a text does not lie in its buffer"
                            return outcome
                        }
                        outcome.rows.append(sum)
                    }
                    rowsLeft -= batch.count
                }
                if rowsLeft > 0 { outcome.broken = "rows are missing and no fault is thrown" }
            } catch {
                // Batches that end where one looks no further may not come to a fault that others reach.
                if rowsLeft > 0 {
                    outcome.faults.append(
                        "\(error.kind) \(error.column ?? "") \(error.page ?? -1) \(error.byteOffset ?? -1) "
                            + "\(error.row ?? -1) \(error.reason)")
                }
                if error.row != nil, error.row != next { outcome.broken = "a fault names another row than the next" }
            }
        }
        return outcome
    }

    /// A sum over a row's values; `nil` where a text leaves its buffer.
    private static func sum(of row: Int, _ batch: ParquetBatch) -> UInt64? {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ value: UInt64) { sum = (sum ^ value) &* 0x100_0000_01B3 }
        for column in batch.columns {
            switch column {
            case .texts(let texts):
                guard let range = texts.range(at: row) else {
                    add(1)
                    continue
                }
                let lies = texts.withBuffer { buffer in
                    guard range.upperBound <= buffer.count else { return false }
                    add(UInt64(range.count) + 2)
                    // The ends tell texts apart, and a dictionary may hold one of a megabyte a thousand times.
                    for byte in buffer[range].prefix(48) { add(UInt64(byte)) }
                    for byte in buffer[range].suffix(48) { add(UInt64(byte)) }
                    return true
                }
                guard lies else { return nil }
            case .scalars(let scalars):
                switch scalars[row] {
                case nil: add(1)
                case .integer(let value)?: add(UInt64(bitPattern: value))
                case .unsignedInteger(let value)?: add(value)
                case .float(let value)?: add(UInt64(value.bitPattern))
                case .double(let value)?: add(value.bitPattern)
                case .boolean(let value)?: add(value ? 2 : 3)
                }
            }
        }
        return sum
    }

    /// A file of one column with the pages given.
    private static func column(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 3 else { return nil }
        let types: [PhysicalType] = [.byteArray, .byteArray, .byteArray, .int32, .int64, .float, .double, .boolean]
        let codecs = [0, 0, 0, 1, 2, 6, 7]
        return file(
            pages: Array(bytes[3...]), type: types[Int(bytes[0] & 7)].rawValue, isOptional: bytes[0] & 8 != 0,
            codec: codecs[Int(bytes[1]) % codecs.count], rows: Int(bytes[2]) * (bytes[0] & 16 != 0 ? 64 : 1))
    }

    /// A file of one row group with one column, `c`, of the types and codecs that the format numbers.
    static func file(pages: [UInt8], type: Int, isOptional: Bool, codec: Int, rows: Int) -> [UInt8] {
        var footer = ThriftWriter()
        footer.element { file in
            file.integer(1, 2)
            file.structures(
                2,
                [
                    { root in
                        root.text(4, "schema")
                        root.integer(5, 1)
                    },
                    { leaf in
                        leaf.integer(1, type)
                        leaf.integer(3, isOptional ? 1 : 0)
                        leaf.text(4, "c")
                    },
                ])
            file.integer(3, rows)
            file.structures(
                4,
                [
                    { group in
                        group.structures(
                            1,
                            [
                                { chunk in
                                    chunk.integer(2, 4)
                                    chunk.structure(3) { data in
                                        data.integer(1, type)
                                        data.integers(2, [0])
                                        data.integer(4, codec)
                                        data.integer(5, rows)
                                        data.integer(7, pages.count)
                                        data.integer(9, 4)
                                    }
                                }
                            ])
                        group.integer(3, rows)
                    }
                ])
        }
        return sealed(pages, footer: footer.bytes)
    }

    /// A file of pages and a footer, with its length and the magic around them.
    static func sealed(_ pages: [UInt8], footer: [UInt8]) -> [UInt8] {
        let length = (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
        return Array("PAR1".utf8) + pages + footer + length + Array("PAR1".utf8)
    }
}

import ParquetReading

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes what columns hold, for the scripts here, or times their decoding.
///
///     parquet-dump FILE COLUMN…           rows as bytes: see `dump`
///     parquet-dump --columns FILE         the columns, one a line: path, kind or refusal
///     parquet-dump --time ROUNDS FILE COLUMN   CPU seconds, bytes and rows of each round

/// Writes all bytes to a descriptor, or ends the program where nobody reads them.
func put(_ bytes: [UInt8], to descriptor: Int32) {
    var done = 0
    while done < bytes.count {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
        guard count > 0 else { exit(74) }
        done += count
    }
}

/// Bytes that are written to standard output once there are many.
struct Output {
    private var bytes: [UInt8] = []

    mutating func append(_ more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
        if bytes.count > 1 << 20 { flush() }
    }

    mutating func append(_ value: UInt64, bytes count: Int = 8) {
        for shift in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
    }

    mutating func flush() {
        put(bytes, to: 1)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// A row's value: a byte for its kind, then for texts the length in four bytes and the bytes, for others eight bytes.
func dump(_ batch: ParquetBatch, to output: inout Output) {
    for row in 0..<batch.count {
        for column in batch.columns {
            switch column {
            case .texts(let texts):
                guard let range = texts.range(at: row) else {
                    output.append(0, bytes: 1)
                    continue
                }
                output.append(1, bytes: 1)
                output.append(UInt64(range.count), bytes: 4)
                texts.withBuffer { output.append($0[range]) }
            case .scalars(let scalars):
                switch scalars[row] {
                case nil: output.append(0, bytes: 1)
                case .integer(let value)?:
                    output.append(2, bytes: 1)
                    output.append(UInt64(bitPattern: value))
                case .unsignedInteger(let value)?:
                    output.append(2, bytes: 1)
                    output.append(value)
                case .float(let value)?:
                    output.append(3, bytes: 1)
                    output.append(Double(value).bitPattern)
                case .double(let value)?:
                    output.append(3, bytes: 1)
                    output.append(value.bitPattern)
                case .boolean(let value)?:
                    output.append(4, bytes: 1)
                    output.append(value ? 1 : 0)
                }
            }
        }
    }
}

func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Reads a column once: bytes and rows.
func decode(_ file: ParquetFile, _ column: ParquetColumn) throws -> (bytes: Int, rows: Int) {
    let reader = try ParquetReader(file, columns: [column])
    var (bytes, rows) = (0, 0)
    for group in file.rowGroups {
        try reader.start(group)
        while let batch = try reader.next() {
            rows += batch.count
            guard case .texts(let texts) = batch.columns[0] else { continue }
            for row in 0..<texts.count { bytes += texts.range(at: row)?.count ?? 0 }
        }
    }
    return (bytes, rows)
}

func run(_ arguments: [String]) throws {
    switch arguments.first {
    case "--columns":
        for column in try ParquetFile(path: arguments[1]).columns {
            print("\(column.path)\t\(column.kind?.rawValue ?? "-")\t\(column.refusal ?? "")")
        }
    case "--time":
        let rounds = Int(arguments[1]) ?? 1
        let file = try ParquetFile(path: arguments[2])
        let column = try file.column(named: arguments[3])
        for _ in 0..<rounds {
            let start = seconds()
            let (bytes, rows) = try decode(file, column)
            print("\(seconds() - start) \(bytes) \(rows)")
        }
    default:
        let file = try ParquetFile(path: arguments[0])
        var columns: [ParquetColumn] = []
        for path in arguments.dropFirst() { columns.append(try file.column(named: path)) }
        let reader = try ParquetReader(file, columns: columns)
        var output = Output()
        defer { output.flush() }
        for group in file.rowGroups {
            try reader.start(group)
            while let batch = try reader.next() { dump(batch, to: &output) }
        }
    }
}

do {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
        put(Array("usage: parquet-dump FILE COLUMN… | --columns FILE | --time ROUNDS FILE COLUMN\n".utf8), to: 2)
        exit(64)
    }
    try run(arguments)
} catch {
    put(Array("\(error)\n".utf8), to: 2)
    exit(65)
}

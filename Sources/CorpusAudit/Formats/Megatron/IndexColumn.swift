/// A column of little-endian signed integers in an index, read a window at a time.
struct IndexColumn {
    private let file: PositionedFile
    private let start: Int
    private let count: Int
    private let width: Int
    private var index = 0
    private var window: [UInt8] = []
    private var windowStart = 0

    private static let integersPerWindow = 8_192

    init(_ file: PositionedFile, start: Int, count: Int, width: Int) {
        self.file = file
        self.start = start
        self.count = count
        self.width = width
    }

    /// The next integer, or `nil` at the end of the column.
    mutating func next() throws(StreamFault) -> Int? {
        guard index < count else { return nil }
        if (index - windowStart) * width >= window.count {
            windowStart = index
            window = try file.read(min(Self.integersPerWindow, count - index) * width, at: start + index * width)
        }
        let offset = (index - windowStart) * width
        guard offset + width <= window.count else {
            throw StreamFault(kind: .badIndex, reason: "the index is cut off")
        }
        index += 1
        // Loads inside the window, which was just checked.
        return window.withUnsafeBytes { bytes in
            width == 4
                ? Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
                : Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)))
        }
    }
}

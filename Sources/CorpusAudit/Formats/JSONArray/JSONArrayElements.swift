/// Cuts one JSON array into its elements.
///
/// It tracks only strings and the depth of brackets; the scanner of fields checks whether an element is JSON.
struct JSONArrayElements: ~Copyable {
    private var stream: ShardStream
    private let maximumLength: Int
    private let chunk: OwnedBuffer
    private var position = 0
    private var filled = 0
    /// The start of the chunk in the decompressed shard.
    private var chunkOffset = 0
    private var isAtEnd = false
    /// The element that was read last, with padding.
    private var element = GrowingBuffer()
    /// The start of the search for the first element: 0, or the end of the last element that was read before.
    private let origin: Int
    private var isBegun = false
    private var faultOffset: Int?
    /// NUL bytes after the array.
    private var padding = 0

    private(set) var elementsRead: Int
    /// The end of the last element.
    private(set) var offset: Int
    /// Places before the last element at which a comma is missing.
    private(set) var missingCommas: [Int] = []

    /// Starts at the array's first element, or after a part of it.
    init(
        _ stream: consuming ShardStream, maximumLength: Int, after part: ShardPart? = nil, chunkBytes: Int = 256 << 10
    ) throws(StreamFault) {
        chunk = try OwnedBuffer(byteCount: chunkBytes)
        self.stream = stream
        self.maximumLength = maximumLength
        elementsRead = part?.records ?? 0
        origin = part?.offset ?? 0
        offset = origin
    }

    /// Decompressed bytes read so far, or where the damage is that ended the reading.
    var bytesRead: Int { faultOffset ?? chunkOffset + filled }

    /// Identity and digest of the file, with notes about bytes skipped at its end.
    mutating func finish() throws(StreamFault) -> ShardEnd {
        var end = try stream.finish()
        if padding > 0 { end.notes.append(NULPadding.note(padding, of: chunkOffset + filled)) }
        return end
    }

    /// The next element as a record of one line; `nil` after the last.
    ///
    /// Throws if the array ends early, or if its remaining elements cannot be separated.
    mutating func next() throws(StreamFault) -> RecordReader.Record? {
        if !missingCommas.isEmpty { missingCommas = [] }
        guard try findElement() else { return nil }
        return try readElement()
    }

    // MARK: Between elements

    private var place: Int { chunkOffset + position }

    private func fault(_ reason: String, at place: Int) -> StreamFault {
        StreamFault(kind: .badJSON, reason: "byte \(place): \(reason)")
    }

    private mutating func fill() throws(StreamFault) {
        guard !isAtEnd else { return }
        chunkOffset += filled
        position = 0
        filled = 0
        filled = try stream.read(into: chunk.bytes)
        isAtEnd = filled == 0
    }

    /// The byte after white space; `nil` at the end of the shard.
    private mutating func nextByte() throws(StreamFault) -> UInt8? {
        while true {
            if position == filled { try fill() }
            guard position < filled else { return nil }
            let byte = chunk.bytes[position]
            guard byte == 0x20 || (0x09...0x0D).contains(byte) else { return byte }
            position += 1
        }
    }

    /// Moves to the first byte of the next element; returns whether there is one.
    private mutating func findElement() throws(StreamFault) -> Bool {
        if !isBegun, try begin() { return try checkElement(isFirst: true) }
        switch try nextByte() {
        case UInt8(ascii: ","):
            position += 1
            return try checkElement(isFirst: false)
        case UInt8(ascii: "]"): return try end()
        case nil: throw endsEarly()
        default:
            missingCommas.append(place)
            return try checkElement(isFirst: false)
        }
    }

    /// Goes into the array, or to where a scan before this one stopped; returns whether the first element comes next.
    private mutating func begin() throws(StreamFault) -> Bool {
        isBegun = true
        while chunkOffset + filled < origin, !isAtEnd { try fill() }
        position = max(0, min(filled, origin - chunkOffset))
        guard elementsRead == 0 else { return false }
        for byte in ByteOrderMark.bytes {
            if position == filled { try fill() }
            guard position < filled, chunk.bytes[position] == byte else { break }
            position += 1
        }
        guard try nextByte() == UInt8(ascii: "[") else {
            faultOffset = place
            throw fault("a JSON array should start here", at: place)
        }
        position += 1
        return true
    }

    /// Throws if no element starts here, so that each has at least one byte; returns whether one does.
    private mutating func checkElement(isFirst: Bool) throws(StreamFault) -> Bool {
        switch try nextByte() {
        case nil: throw endsEarly()
        case UInt8(ascii: "]") where isFirst: return try end()
        case UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: "}"):
            faultOffset = place
            throw fault("an element is missing here", at: place)
        default: return true
        }
    }

    private mutating func endsEarly() -> StreamFault {
        faultOffset = place
        return fault("the file ends inside the array", at: place)
    }

    /// Passes over the end of the array, after which nothing but white space and padding may come.
    private mutating func end() throws(StreamFault) -> Bool {
        position += 1
        while let byte = try nextByte() {
            guard byte == 0 else {
                faultOffset = place
                throw fault("text after the end of the array", at: place)
            }
            padding += 1
            position += 1
        }
        return false
    }

    // MARK: Elements

    /// Reads the element that starts here.
    private mutating func readElement() throws(StreamFault) -> RecordReader.Record {
        let start = place
        var scan = Scan()
        element.removeAll()
        var isTooLong = false
        while true {
            if position == filled { try fill() }
            guard position < filled else {
                faultOffset = start
                throw fault("the file ends inside this element of the array", at: start)
            }
            let piece = UnsafeMutableRawBufferPointer(rebasing: chunk.bytes[position..<filled])
            let count = scan.pass(over: piece)
            position += count
            guard !scan.isBroken else {
                faultOffset = place
                throw fault(
                    "a string does not end on its line, so the elements after it cannot be separated", at: place)
            }
            isTooLong = isTooLong || place - start > maximumLength
            if isTooLong {
                element.removeAll()
            } else {
                try element.append(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            }
            if scan.isAtEnd { break }
        }
        defer { elementsRead += 1 }
        offset = place
        guard !isTooLong else {
            return RecordReader.Record(
                bytes: .init(start: nil, count: 0), index: elementsRead, offset: start, isTooLong: true)
        }
        let length = element.bytes.count
        try withUnsafeBytes(of: Self.padding) { (zeros) throws(StreamFault) in try element.append(zeros) }
        return RecordReader.Record(
            bytes: UnsafeBufferPointer(rebasing: element.bytes[..<length]), index: elementsRead, offset: start)
    }

    /// The bytes after an element in memory: the scanner stops at a zero, and may read this many bytes.
    private static let padding = InlineArray<128, UInt8>(repeating: 0)

    /// Follows an element to its end, piece by piece.
    private struct Scan {
        private var depth = 0
        private var isInString = false
        private var isEscaped = false
        private(set) var isAtEnd = false
        /// Whether a line ends inside a string.
        private(set) var isBroken = false

        /// Passes over the part of a piece that belongs to the element, and returns its length.
        ///
        /// Line feeds outside strings become blanks.
        mutating func pass(over piece: UnsafeMutableRawBufferPointer) -> Int {
            var index = 0
            while index < piece.count {
                let byte = piece[index]
                if isInString {
                    if byte == 0x0A || byte == 0 {
                        isBroken = true
                        return index
                    }
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isInString = false
                        if depth == 0 { return end(after: index) }
                    }
                } else if let count = structure(byte, at: index, in: piece) {
                    return count
                }
                index += 1
            }
            return index
        }

        /// Processes a byte outside strings; returns the length of the element if it ends here.
        private mutating func structure(_ byte: UInt8, at index: Int, in piece: UnsafeMutableRawBufferPointer) -> Int? {
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return end(after: index - 1) }
                depth -= 1
                if depth == 0 { return end(after: index) }
            case UInt8(ascii: ","), 0x20, 0x09, 0x0D, 0x0A:
                if depth == 0 { return end(after: index - 1) }
                if byte == 0x0A { piece[index] = 0x20 }
            default: break
            }
            return nil
        }

        private mutating func end(after index: Int) -> Int {
            isAtEnd = true
            return index + 1
        }
    }
}

/// Reads bytes in order, and never past their end; all bytes of a file are read through it.
///
/// It does not own the memory. The owner keeps it as long as the reader is used: a chunk's cursor keeps the buffers of
/// its page, and a page's decoders end with the page.
struct ByteReader {
    private let start: UnsafeRawPointer
    /// The place of the next byte, from the start of the memory.
    private(set) var position: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, 0..<bytes.count) }

    /// Reads a part of the memory; positions count from the memory's start.
    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "the range is in the memory")
        // Memory without bytes may have no address; nothing is read through this one, since the range is empty too.
        start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        position = range.lowerBound
        end = range.upperBound
    }

    var remaining: Int { end - position }

    private static func cutOff(_ what: StaticString) -> ParquetError {
        var error = ParquetError.damaged("the bytes end within \(what)")
        error.endsEarly = true
        return error
    }

    mutating func byte(of what: StaticString = "a value") throws(ParquetError) -> UInt8 {
        guard position < end else { throw Self.cutOff(what) }
        defer { position += 1 }
        return start.load(fromByteOffset: position, as: UInt8.self)
    }

    /// A little-endian integer.
    mutating func integer<Value: FixedWidthInteger>(
        _ type: Value.Type, of what: StaticString = "a value"
    ) throws(ParquetError) -> Value {
        guard end - position >= MemoryLayout<Value>.size else { throw Self.cutOff(what) }
        defer { position += MemoryLayout<Value>.size }
        return Value(littleEndian: start.loadUnaligned(fromByteOffset: position, as: Value.self))
    }

    /// An unsigned integer of seven bits a byte, at most ten bytes long (LEB128).
    mutating func varint(of what: StaticString = "a number") throws(ParquetError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let next = try byte(of: what)
            guard shift < 63 || next <= 1 else { break }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
        }
        throw .damaged("\(what) has more than 64 bits")
    }

    /// A signed integer whose sign is its lowest bit.
    mutating func zigzag(of what: StaticString = "a number") throws(ParquetError) -> Int64 {
        let value = try varint(of: what)
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Throws where fewer bytes are left than a file says.
    func check(_ count: Int, of what: StaticString) throws(ParquetError) {
        guard count >= 0, count <= end - position else { throw Self.cutOff(what) }
    }

    /// Passes over some bytes; `count` may be any number that a file says.
    mutating func skip(_ count: Int, of what: StaticString = "a value") throws(ParquetError) {
        try check(count, of: what)
        position += count
    }

    /// A reader of only the next bytes, which are skipped; `count` may be any number that a file states.
    mutating func part(_ count: Int, of what: StaticString) throws(ParquetError) -> ByteReader {
        let from = position
        try skip(count, of: what)
        return ByteReader(UnsafeRawBufferPointer(start: start, count: end), from..<position)
    }

    /// The bytes of a range that was skipped.
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        precondition(range.lowerBound >= 0 && range.upperBound <= end, "the range is in the memory")
        return UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Up to 64 bits that begin at a bit of the memory, lowest first; the caller has checked that they are before the
    /// end.
    func bits(_ width: Int, at bit: Int) -> UInt64 {
        guard width > 0 else { return 0 }
        let byte = bit >> 3
        let shift = UInt64(bit & 7)
        precondition(byte >= 0 && (bit + width + 7) >> 3 <= end, "the bits are in the memory")
        var value = word(at: byte) >> shift
        if Int(shift) + width > 64 { value |= word(at: byte + 8) << (64 - shift) }
        return width == 64 ? value : value & ((1 << UInt64(width)) - 1)
    }

    /// Eight bytes, those after the end as zeros.
    private func word(at place: Int) -> UInt64 {
        if place + 8 <= end {
            return UInt64(littleEndian: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        var value: UInt64 = 0
        for offset in 0..<max(0, end - place) {
            value |= UInt64(start.load(fromByteOffset: place + offset, as: UInt8.self)) << UInt64(8 * offset)
        }
        return value
    }
}

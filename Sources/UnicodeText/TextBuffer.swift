/// Memory that one text after the other is written to; it grows and is freed with its owner.
struct TextBuffer<Element: BitwiseCopyable>: ~Copyable {
    /// Memory for ``capacity`` elements; the first ``count`` are written.
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var capacity: Int
    var count = 0

    init() {
        capacity = 4_096
        start = .allocate(capacity: capacity)
    }

    deinit { start.deallocate() }

    /// The elements written, until the next change.
    var written: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }

    /// Makes room for that many more elements and keeps those written.
    mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(count + more, capacity * 2)
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        moved.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (moved, larger)
    }
}

/// The replacement of a code point: at most sixteen bytes of UTF-8, written at once.
struct ShortText {
    private let low: UInt64
    private let high: UInt64
    private let count: Int

    init(_ codes: [Int]) {
        var text: [UInt8] = []
        for code in codes { CodePoint.append(code, to: &text) }
        precondition(text.count <= 16, "a replacement of more than sixteen bytes")
        low = text.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        high = text.dropFirst(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        count = text.count
    }

    /// Writes the text, and sixteen bytes in all; returns its length.
    @inline(__always)
    func write(to target: UnsafeMutablePointer<UInt8>) -> Int {
        let target = UnsafeMutableRawPointer(target)
        target.storeBytes(of: low.littleEndian, as: UInt64.self)
        target.storeBytes(of: high.littleEndian, toByteOffset: 8, as: UInt64.self)
        return count
    }
}

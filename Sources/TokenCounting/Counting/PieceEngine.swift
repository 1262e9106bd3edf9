/// Counts valid text by a SentencePiece tokenizer that merges.
///
/// The text is cut before each run of spaces, which no piece spans. Each stretch is looked up with its spaces as they
/// are. Only for a new stretch are spaces written as U+2581, and the result merged.
struct PieceEngine<Rules: MergeRules>: ~Copyable {
    private let model: PieceModel
    private var memo = PretokenMemo()
    private var merger: Merger<Rules>
    private var normalized: [UInt8] = []
    private var escaped: [UInt8] = []
    private let cutsFurther: Bool
    /// Whether pieces have their spaces at words' ends.
    private let suffixes: Bool

    /// A stretch that is longer is cut where two characters are no neighbours in any piece.
    private static var long: Int { 40 }

    init(_ rules: Rules, _ model: PieceModel, cutsFurther: Bool) {
        self.model = model
        self.cutsFurther = cutsFurther
        suffixes = model.normalizer.suffixesSpace
        merger = Merger(rules)
    }

    /// The tokens of a unit's valid text.
    mutating func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        // The text is rewritten with a space before it if the model requires one, and with 16 readable bytes after it.
        if model.normalizer.isIdentity {
            normalized.removeAll(keepingCapacity: true)
            if model.normalizer.addsPrefix { normalized.append(0x20) }
            normalized.append(contentsOf: text)
        } else {
            model.normalizer.normalize(text, into: &normalized)
        }
        if model.userDefinedHasSpaces { Self.unescape(&normalized) }
        let length = normalized.count
        normalized.append(contentsOf: repeatElement(0, count: 16))
        var buffer: [UInt8] = []
        swap(&buffer, &normalized)
        defer { swap(&buffer, &normalized) }
        var total = 0
        buffer.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            model.userDefined.cut(start, length) { piece, length in
                total += suffixes ? countStretchesBehind(piece, length) : countStretches(piece, length)
            } token: {
                total += 1
            }
        }
        return total
    }

    private mutating func countStretches(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        // An unknown space may be one token with unknown characters before it.
        guard cutsFurther || model.spaceIsPiece else { return countStretch(bytes, length) }
        return model.neighbours.beforeSpace.withUnsafeBufferPointer { beforeSpace in
            var total = 0
            var start = 0
            var offset = 0
            while offset < length, bytes[offset] == 0x20 { offset += 1 }
            while true {
                let space = nextSpace(bytes, offset, length)
                if space == length {
                    if length > start { total += countStretch(bytes + start, length - start) }
                    return total
                }
                offset = space
                if space > start, !beforeSpace[Int(bytes[space - 1])], !isWrittenSpace(bytes, space) {
                    total += countStretch(bytes + start, space - start)
                    start = space
                }
                while offset < length, bytes[offset] == 0x20 { offset += 1 }
            }
        }
    }

    /// Writes U+2581 as a space: pieces see no difference.
    private static func unescape(_ text: inout [UInt8]) {
        guard text.contains(0xE2) else { return }
        var kept = 0
        var offset = 0
        while offset < text.count {
            if text[offset] == 0xE2, text[offset...].starts(with: PieceList.space) {
                text[kept] = 0x20
                offset += 3
            } else {
                text[kept] = text[offset]
                offset += 1
            }
            kept += 1
        }
        text.removeLast(text.count - kept)
    }

    /// The same as ``countStretches(_:_:)``, but the text is cut after each run of spaces that no piece continues.
    private mutating func countStretchesBehind(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var total = 0
        var start = 0
        var offset = nextSpace(bytes, 0, length)
        while offset < length {
            while offset < length, bytes[offset] == 0x20 { offset += 1 }
            guard offset < length else { break }
            var next: UInt32 = 0
            for index in 0..<CharacterCut.length(bytes[offset]) { next = next << 8 | UInt32(bytes[offset + index]) }
            // In every such model a space is a piece or else unknown, and the next character may be unknown too; then
            // the two are not separated.
            if next != 0xE2_96_81, model.spaceIsPiece, !model.neighbours.contains(0x20, next) {
                total += countStretch(bytes + start, offset - start)
                start = offset
            }
            offset = nextSpace(bytes, offset, length)
        }
        return length > start ? total + countStretch(bytes + start, length - start) : total
    }

    /// Whether a space follows U+2581 written out, with which it forms one run.
    @inline(__always)
    private func isWrittenSpace(_ bytes: UnsafePointer<UInt8>, _ space: Int) -> Bool {
        space >= 3 && bytes[space - 1] == 0x81 && bytes[space - 2] == 0x96 && bytes[space - 3] == 0xE2
    }

    @inline(__always)
    private func nextSpace(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> Int {
        var offset = start
        let raw = UnsafeRawPointer(bytes)
        while offset + 8 <= length {
            // The borrow of a subtraction sets the top bit of the lowest byte that is a space.
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            let zeroed = word ^ 0x2020_2020_2020_2020
            let found = (zeroed &- 0x0101_0101_0101_0101) & ~zeroed & 0x8080_8080_8080_8080
            if found != 0 { return offset + found.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < length, bytes[offset] != 0x20 { offset += 1 }
        return offset
    }

    @inline(__always)
    private mutating func countStretch(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length <= PackedKey.capacity {
            let key = PackedKey(bytes, length: length)
            let hash = key.hash
            let known = memo.first(key, hash)
            return known != 0 ? known : countShort(bytes, length, key, hash)
        }
        return cutsFurther && length > Self.long ? countApart(bytes, length) : countLong(bytes, length)
    }

    @inline(never)
    private mutating func countShort(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ key: PackedKey, _ hash: UInt64)
        -> Int
    {
        let known = memo.find(key, hash)
        if known != 0 { return known }
        let count = merge(bytes, length)
        if count <= 15 { memo.insert(key, hash, count: count) }
        return count
    }

    @inline(never)
    private mutating func countLong(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length > PretokenMemo.longest { return merge(bytes, length) }
        let hash = ByteHash.hash(bytes, length)
        let known = memo.findLong(bytes, length, hash)
        if known != 0 { return known }
        let count = merge(bytes, length)
        memo.insertLong(bytes, length, hash, count: count)
        return count
    }

    /// Counts a long stretch in parts between which no piece reaches.
    @inline(never)
    private mutating func countApart(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var total = 0
        var start = 0
        var offset = 0
        var previous: UInt32 = 0
        while offset < length {
            let size = CharacterCut.length(bytes[offset])
            var character: UInt32 = 0
            for index in 0..<size { character = character << 8 | UInt32(bytes[offset + index]) }
            if character == 0xE2_96_81 { character = 0x20 }
            if offset > start, !model.neighbours.contains(previous, character) {
                total += countPart(bytes + start, offset - start)
                start = offset
            }
            previous = character
            offset += size
        }
        return total + countPart(bytes + start, length - start)
    }

    private mutating func countPart(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length <= PackedKey.capacity {
            let key = PackedKey(bytes, length: length)
            return countShort(bytes, length, key, key.hash)
        }
        return countLong(bytes, length)
    }

    /// Writes spaces as U+2581 and merges.
    private mutating func merge(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        escaped.removeAll(keepingCapacity: true)
        for index in 0..<length {
            if bytes[index] == 0x20 {
                escaped.append(contentsOf: [0xE2, 0x96, 0x81])
            } else {
                escaped.append(bytes[index])
            }
        }
        return escaped.withUnsafeBufferPointer { text in
            text.baseAddress.map { merger.count($0, text.count) } ?? 0
        }
    }
}

/// Counts valid text by a Unigram tokenizer.
struct LatticeEngine {
    private let lattice: PieceLattice
    private let normalizer: PieceNormalizer
    private var normalized: [UInt8] = []
    private var escaped: [UInt8] = []

    init(_ lattice: PieceLattice, _ normalizer: PieceNormalizer) {
        self.lattice = lattice
        self.normalizer = normalizer
    }

    /// The tokens of a unit's valid text.
    mutating func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        normalizer.normalize(text, into: &normalized)
        escaped.removeAll(keepingCapacity: true)
        for byte in normalized {
            if byte == 0x20 { escaped.append(contentsOf: [0xE2, 0x96, 0x81]) } else { escaped.append(byte) }
        }
        return lattice.count(escaped)
    }
}

/// Counts pretokens: from the memo, or by merging and then remembering.
struct PretokenCounts<Rules: MergeRules>: PretokenTally, ~Copyable {
    private var memo = PretokenMemo()
    private var merger: Merger<Rules>
    private let seams: CharacterSeams
    /// The tokens taken so far.
    var total = 0

    init(_ rules: Rules, seams: CharacterSeams) {
        merger = Merger(rules)
        self.seams = seams
    }

    /// The bytes of memory held by the memo.
    var memoFootprint: Int { memo.footprint }

    /// The tokens of a pretoken.
    ///
    /// - Parameters:
    ///   - bytes: The pretoken; 16 bytes must be readable.
    ///   - length: Its bytes, from 1.
    /// - Returns: Its tokens, from 1.
    @inline(__always)
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length <= PackedKey.capacity {
            let key = PackedKey(bytes, length: length)
            let hash = key.hash
            let known = memo.first(key, hash)
            return known != 0 ? known : countShort(bytes, length, key, hash)
        }
        return countLong(bytes, length)
    }

    @inline(__always)
    mutating func take(_ amount: Int) { total &+= amount }

    @inline(never)
    private mutating func countShort(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ key: PackedKey, _ hash: UInt64
    ) -> Int {
        let known = memo.find(key, hash)
        if known != 0 { return known }
        let (count, isKept) = countAnew(bytes, length)
        if isKept { memo.insert(key, hash, count: count) }
        return count
    }

    @inline(never)
    private mutating func countLong(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length > PretokenMemo.longest { return countAnew(bytes, length).count }
        let hash = ByteHash.hash(bytes, length)
        let known = memo.findLong(bytes, length, hash)
        if known != 0 { return known }
        let (count, isKept) = countAnew(bytes, length)
        if isKept { memo.insertLong(bytes, length, hash, count: count) }
        return count
    }

    /// The tokens of what the memo does not know, and whether it may be remembered.
    ///
    /// A pretoken that is a token counts one whatever its merges make of it, and a part of a pretoken does not. They
    /// share one memo, so bytes that are a token whose merges end elsewhere stay out of it, as either. Parts hold
    /// characters beyond ASCII, so only such pretokens need the check.
    private mutating func countAnew(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (count: Int, isKept: Bool) {
        if merger.isToken(bytes, length) {
            return (1, isASCII(bytes, length) || merger.merge(bytes, length) == 1)
        }
        // Two characters beyond ASCII take four bytes at least.
        if length > 3, let count = countParts(bytes, length) { return (count, true) }
        return (merger.merge(bytes, length), true)
    }

    private func isASCII(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        for index in 0..<length where bytes[index] >= 0x80 { return false }
        return true
    }

    /// The tokens of a pretoken that can be cut between characters, or `nil` where no place to cut is found.
    private mutating func countParts(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int? {
        var total = 0
        var start = 0
        var offset = 0
        var previous: UInt64 = 0
        var previousLength = 0
        while offset < length {
            let size = CharacterCut.length(bytes[offset])
            if size == 1 {
                previousLength = 0
                offset += 1
                continue
            }
            var character: UInt64 = 0
            for index in 0..<size { character = character &<< 8 | UInt64(bytes[offset + index]) }
            if previousLength > 0, !seams.areJoined(previous, previousLength, character, size) {
                total += countPart(bytes + start, offset - start)
                start = offset
            }
            previous = character
            previousLength = size
            offset += size
        }
        return start == 0 ? nil : total + countPart(bytes + start, length - start)
    }

    private mutating func countPart(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length <= PackedKey.capacity {
            let key = PackedKey(bytes, length: length)
            let hash = key.hash
            let known = memo.find(key, hash)
            if known != 0 { return known }
            let count = merger.merge(bytes, length)
            if count == 1 || !merger.isToken(bytes, length) { memo.insert(key, hash, count: count) }
            return count
        }
        if length > PretokenMemo.longest { return merger.merge(bytes, length) }
        let hash = ByteHash.hash(bytes, length)
        let known = memo.findLong(bytes, length, hash)
        if known != 0 { return known }
        let count = merger.merge(bytes, length)
        if count == 1 || !merger.isToken(bytes, length) { memo.insertLong(bytes, length, hash, count: count) }
        return count
    }
}

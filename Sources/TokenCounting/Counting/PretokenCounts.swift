/// Counts pretokens: from the memo, or by merging and then remembering.
struct PretokenCounts<Rules: MergeRules>: ~Copyable {
    private var memo = PretokenMemo()
    private var merger: Merger<Rules>

    init(_ rules: Rules) {
        merger = Merger(rules)
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

    @inline(never)
    private mutating func countShort(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ key: PackedKey, _ hash: UInt64
    ) -> Int {
        let known = memo.find(key, hash)
        if known != 0 { return known }
        let count = merger.count(bytes, length)
        memo.insert(key, hash, count: count)
        return count
    }

    @inline(never)
    private mutating func countLong(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length > PretokenMemo.longest { return merger.count(bytes, length) }
        let hash = ByteHash.hash(bytes, length)
        let known = memo.findLong(bytes, length, hash)
        if known != 0 { return known }
        let count = merger.count(bytes, length)
        memo.insertLong(bytes, length, hash, count: count)
        return count
    }
}

/// A model that counts the tokens of one word at a time.
protocol WordModel: ~Copyable {
    /// The tokens of a word.
    ///
    /// - Parameters:
    ///   - bytes: The word; 16 bytes must be readable.
    ///   - length: Its bytes, from 1.
    /// - Returns: Their number, which may be 0.
    mutating func countAnew(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int
}

/// The receiver of a pipeline's pieces.
protocol WordCounting: ~Copyable {
    /// The tokens of a piece, as ``WordModel/countAnew(_:_:)``.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int
}

extension PretokenCounts: WordCounting {}

/// Counts words: from the memo, or by the model and then remembering.
struct WordCounts<Model: WordModel & ~Copyable>: WordCounting, ~Copyable {
    private var memo = PretokenMemo()
    private var model: Model

    init(_ model: consuming Model) { self.model = model }

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
        let count = model.countAnew(bytes, length)
        if count > 0, count <= 15 { memo.insert(key, hash, count: count) }
        return count
    }

    @inline(never)
    private mutating func countLong(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        if length > PretokenMemo.longest { return model.countAnew(bytes, length) }
        let hash = ByteHash.hash(bytes, length)
        let known = memo.findLong(bytes, length, hash)
        if known != 0 { return known }
        let count = model.countAnew(bytes, length)
        if count > 0, count <= Int(UInt16.max) { memo.insertLong(bytes, length, hash, count: count) }
        return count
    }
}

/// Merging by a list of pairs as a model of words.
struct MergedWords<Rules: MergeRules>: WordModel, ~Copyable {
    private var merger: Merger<Rules>

    init(_ rules: Rules, window: Int = 1 << 10) { merger = Merger(rules, window: window) }

    mutating func countAnew(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int { merger.count(bytes, length) }
}

/// Counts each word as one token, known or not (`WordLevel`).
struct WholeWords: WordCounting {
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int { 1 }
}

/// Counts pretokens: takes the count from the memo, or merges and remembers it.
///
/// Pretokens that the memo does not contain are collected first, so that their memory can be prefetched and their
/// merges run side by side.
struct PretokenCounts<Rules: MergeRules>: PretokenTally, ~Copyable {
    private let rules: Rules
    private var memo = PretokenMemo()
    private var merger: Merger<Rules>
    private let seams: CharacterSeams
    /// The tokens taken so far.
    var total = 0
    private var memory = ScratchMemory()

    /// Pretokens that the memo did not know.
    private let unknown: UnsafeMutablePointer<NotedPretoken>
    private var unknownCount = 0
    private static var mostUnknown: Int { 32 }

    /// Pretokens that were cut into parts, some of them not counted yet.
    private let cut: UnsafeMutablePointer<CutPretoken>
    private var cutCount = 0
    private static var mostCut: Int { 64 }

    /// Parts that the memo may know.
    private let parts: UnsafeMutablePointer<Part>
    private var partCount = 0
    private static var mostParts: Int { 64 }

    private var lanes: MergeLanes<Rules>
    /// The part that each lane merges.
    private let merged: UnsafeMutablePointer<Part>

    private struct CutPretoken {
        let pretoken: NotedPretoken
        var sum = 0
    }

    private struct Part {
        let text: NotedPretoken
        /// The index of the cut pretoken that it is a part of, or -1 if it is whole.
        let owner: Int
    }

    init(_ rules: Rules, seams: CharacterSeams) {
        self.rules = rules
        merger = Merger(rules)
        lanes = MergeLanes(rules)
        unknown = memory.allocate(Self.mostUnknown)
        cut = memory.allocate(Self.mostCut)
        parts = memory.allocate(Self.mostParts)
        merged = memory.allocate(MergeLanes<Rules>.width)
        self.seams = seams
    }

    /// The bytes of memory held by the memo.
    var memoFootprint: Int { memo.footprint }

    /// The tokens of a pretoken.
    ///
    /// - Parameters:
    ///   - bytes: The pretoken, with 16 readable bytes after it.
    ///   - length: Its number of bytes; at least 1.
    /// - Returns: Its number of tokens; at least 1.
    @inline(__always)
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int { count(NotedPretoken(bytes, length)) }

    /// The tokens of a pretoken, from 1.
    @inline(__always)
    mutating func count(_ pretoken: NotedPretoken) -> Int {
        let known = pretoken.isShort ? memo.first(pretoken.key, pretoken.hash) : 0
        return known != 0 ? known : countAtOnce(pretoken)
    }

    @inline(never)
    private mutating func countAtOnce(_ pretoken: NotedPretoken) -> Int {
        let known = memo.find(pretoken)
        if known != 0 { return known }
        let before = total
        defer { total = before }
        resolve(pretoken)
        finish()
        return total - before
    }

    // MARK: Batches

    @inline(__always)
    func expect(_ pretoken: NotedPretoken) { memo.expect(pretoken) }

    mutating func take(_ batch: UnsafeBufferPointer<NotedPretoken>) {
        var sum = 0
        for pretoken in batch {
            var known = pretoken.isShort ? memo.first(pretoken.key, pretoken.hash) : 0
            if known == 0 { known = memo.find(pretoken) }
            sum &+= known
            if known == 0 { putOff(pretoken) }
        }
        total &+= sum
    }

    mutating func finish() {
        resolveUnknown()
        settleCut()
    }

    @inline(never)
    private mutating func putOff(_ pretoken: NotedPretoken) {
        if unknownCount == Self.mostUnknown { resolveUnknown() }
        rules.expectToken(pretoken.bytes, pretoken.length)
        unknown[unknownCount] = pretoken
        unknownCount += 1
    }

    @inline(never)
    private mutating func resolveUnknown() {
        for index in 0..<unknownCount {
            let pretoken = unknown[index]
            let known = memo.find(pretoken)
            if known != 0 { total += known } else { resolve(pretoken) }
        }
        unknownCount = 0
    }

    /// Counts a pretoken that the memo does not contain, or lets a lane count it.
    ///
    /// A pretoken that is a token counts as one whatever its merges would make of it, but a part of a pretoken does
    /// not. Both share one memo. So bytes that are a token, but whose merges give something else, stay out of the memo
    /// in both roles. Parts contain characters beyond ASCII, so only such pretokens need the check.
    private mutating func resolve(_ pretoken: NotedPretoken) {
        let (bytes, length) = (pretoken.bytes, pretoken.length)
        if merger.isToken(bytes, length) {
            total += 1
            if isASCII(bytes, length) || merger.merge(bytes, length) == 1 { memo.insert(pretoken, count: 1) }
            return
        }
        // Two characters beyond ASCII take four bytes at least.
        if length > 3, cutIntoParts(pretoken) { return }
        if length <= MergeLanes<Rules>.longest { return merge(Part(text: pretoken, owner: -1)) }
        let count = merger.merge(bytes, length)
        total += count
        memo.insert(pretoken, count: count)
    }

    private func isASCII(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        for index in 0..<length where bytes[index] >= 0x80 { return false }
        return true
    }

    private mutating func merge(_ part: Part) {
        if lanes.count == MergeLanes<Rules>.width { runLanes() }
        merged[lanes.count] = part
        lanes.add(part.text.bytes, part.text.length)
    }

    private mutating func runLanes() {
        lanes.run()
        for lane in 0..<lanes.count {
            let (text, owner) = (merged[lane].text, merged[lane].owner)
            let count = lanes.tokens(lane)
            total += count
            if owner >= 0 {
                cut[owner].sum += count
                remember(part: text, count)
            } else {
                remember(text, count)
            }
        }
        lanes.removeAll()
    }

    private mutating func settleCut() {
        countParts()
        runLanes()
        for index in 0..<cutCount { remember(cut[index].pretoken, cut[index].sum) }
        cutCount = 0
    }

    /// Remembers a count, which may have been found twice since nothing was known of it.
    private mutating func remember(_ pretoken: NotedPretoken, _ count: Int) {
        if memo.find(pretoken) == 0 { memo.insert(pretoken, count: count) }
    }

    // MARK: Parts

    /// Counts a pretoken by its parts, if it can be cut between characters; `false` if there is no place to cut.
    private mutating func cutIntoParts(_ pretoken: NotedPretoken) -> Bool {
        let (bytes, length) = (pretoken.bytes, pretoken.length)
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
            let word = UInt32(bigEndian: UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt32.self))
            let character = UInt64(word &>> UInt32(truncatingIfNeeded: 32 &- 8 &* size))
            if previousLength > 0, !seams.areJoined(previous, previousLength, character, size) {
                if start == 0 {
                    if cutCount == Self.mostCut { settleCut() }
                    cut[cutCount] = CutPretoken(pretoken: pretoken)
                    cutCount += 1
                }
                note(bytes + start, offset - start)
                start = offset
            }
            previous = character
            previousLength = size
            offset += size
        }
        if start == 0 { return false }
        note(bytes + start, length - start)
        return true
    }

    /// Notes a part of the pretoken that was cut last.
    @inline(__always)
    private mutating func note(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if partCount == Self.mostParts { countParts() }
        let part = Part(text: NotedPretoken(bytes, length), owner: cutCount - 1)
        memo.expect(part.text)
        parts[partCount] = part
        partCount += 1
    }

    private mutating func countParts() {
        for index in 0..<partCount {
            let part = parts[index]
            let text = part.text
            var count = memo.find(text)
            if count == 0 {
                if text.length <= MergeLanes<Rules>.longest {
                    rules.expectToken(text.bytes, text.length)
                    merge(part)
                    continue
                }
                count = merger.merge(text.bytes, text.length)
                remember(part: text, count)
            }
            total += count
            cut[part.owner].sum += count
        }
        partCount = 0
    }

    /// Remembers a part's count, unless the same bytes have another count as a pretoken.
    private mutating func remember(part: NotedPretoken, _ count: Int) {
        if count == 1 || !merger.isToken(part.bytes, part.length) { remember(part, count) }
    }
}

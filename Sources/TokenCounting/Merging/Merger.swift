/// Byte-pair merging of one pretoken after another, which counts its tokens.
///
/// The pair of neighbours of the lowest priority merges first, the leftmost of equals, until no pair can merge. A few
/// symbols are kept in arrays and searched; more go through a heap. A very long pretoken is cut into windows, so that
/// time stays nearly linear and memory small.
///
/// Windows are exact. *Neighbouring tokens of a result, merged by themselves, give the same tokens*: the same merges
/// happen inside their bytes in the same order, since the choice among them does not depend on the outside and no merge
/// crossed their edges. Conversely, *if every two neighbours of a sequence of tokens merge to themselves, the whole
/// sequence does*: the first merge across an edge would also be the choice within those two. So two windows that
/// overlap in one equal token join to the result of the whole.
struct Merger<Rules: MergeRules>: ~Copyable {
    /// Up to this many symbols are searched, more go through the heap.
    private static var few: Int { 40 }

    private let rules: Rules
    /// The bytes of a window at first.
    private let window: Int
    private var capacity: Int
    private var memory = ScratchMemory()
    private var text: UnsafeMutablePointer<UInt8>
    private var starts: UnsafeMutablePointer<Int32>
    private var symbols: UnsafeMutablePointer<UInt32>
    private var merges: UnsafeMutablePointer<UInt64>
    private var next: UnsafeMutablePointer<Int32>
    private var previous: UnsafeMutablePointer<Int32>
    private var heap = MergeHeap()

    init(_ rules: Rules, window: Int = 1 << 10) {
        self.rules = rules
        self.window = window
        capacity = min(window, 1 << 10)
        text = memory.allocate(capacity + 32, of: 0)
        starts = memory.allocate(capacity + 2)
        symbols = memory.allocate(capacity + 2)
        merges = memory.allocate(capacity + 2)
        next = memory.allocate(capacity + 2)
        previous = memory.allocate(capacity + 2)
    }

    private mutating func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        memory.freeAll()
        capacity = needed
        text = memory.allocate(capacity + 32, of: 0)
        starts = memory.allocate(capacity + 2)
        symbols = memory.allocate(capacity + 2)
        merges = memory.allocate(capacity + 2)
        next = memory.allocate(capacity + 2)
        previous = memory.allocate(capacity + 2)
    }

    /// The number of tokens of a pretoken; 16 bytes from its start must be readable.
    ///
    /// - Complexity: O(*n* log *w*) in its bytes, *w* being the window's.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        isToken(bytes, length) ? 1 : merge(bytes, length)
    }

    /// Whether a pretoken is one token whatever the merges would make of it; 16 bytes from its start must be readable.
    func isToken(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        length <= window && rules.isToken(bytes, length)
    }

    /// The number of tokens after merging some bytes.
    ///
    /// - Complexity: O(*n* log *w*) in the bytes, *w* being the window's.
    mutating func merge(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        guard length <= window else { return countInWindows(bytes, length) }
        reserve(length)
        text.update(from: bytes, count: length)
        let parts = mergeAll(length)
        var followsUnknown = false
        return tokens(parts, &followsUnknown)
    }

    /// Merges the text in scratch memory; leaves each token's start in `starts`.
    private mutating func mergeAll(_ length: Int) -> Int {
        let parts = rules.cut(text, length, starts, symbols)
        return parts <= Self.few ? mergeFew(parts) : mergeMany(parts)
    }

    private func tokens(_ parts: Int, _ followsUnknown: inout Bool) -> Int {
        var total = 0
        for part in 0..<parts {
            total += rules.tokens(text, Int(starts[part]), Int(starts[part + 1]), &followsUnknown)
        }
        return total
    }

    private func mergeFew(_ parts: Int) -> Int {
        var parts = parts
        guard parts > 1 else { return parts }
        for part in 0..<parts - 1 {
            merges[part] = rules.firstMerge(
                text, Int(starts[part]), Int(starts[part + 2]), symbols[part], symbols[part + 1])
        }
        while true {
            var best = Rules.none
            var at = 0
            for part in 0..<parts - 1 where merges[part] < best {
                best = merges[part]
                at = part
            }
            if best == Rules.none { return parts }
            symbols[at] = UInt32(truncatingIfNeeded: best)
            parts -= 1
            // All later parts move up; the merge of the pair at `at` is computed again.
            var part = at + 1
            while part < parts {
                starts[part] = starts[part + 1]
                symbols[part] = symbols[part + 1]
                merges[part] = merges[part + 1]
                part += 1
            }
            starts[parts] = starts[parts + 1]
            if parts == 1 { return 1 }
            if at > 0, at + 1 < parts {
                (merges[at - 1], merges[at]) = rules.merges(
                    text, (Int(starts[at - 1]), Int(starts[at]), Int(starts[at + 1]), Int(starts[at + 2])),
                    (symbols[at - 1], symbols[at], symbols[at + 1]))
            } else if at + 1 < parts {
                merges[at] = rules.merge(text, Int(starts[at]), Int(starts[at + 2]), symbols[at], symbols[at + 1])
            } else {
                merges[at - 1] = rules.merge(
                    text, Int(starts[at - 1]), Int(starts[at + 1]), symbols[at - 1], symbols[at])
            }
        }
    }

    private mutating func mergeMany(_ parts: Int) -> Int {
        heap.removeAll()
        for part in 0..<parts {
            next[part] = Int32(truncatingIfNeeded: part + 1)
            previous[part] = Int32(truncatingIfNeeded: part - 1)
            guard part + 1 < parts else {
                merges[part] = Rules.none
                break
            }
            let merge = rules.firstMerge(
                text, Int(starts[part]), Int(starts[part + 2]), symbols[part], symbols[part + 1])
            merges[part] = merge
            if merge != Rules.none { heap.append(Self.entry(merge, part)) }
        }
        heap.order()
        while let entry = heap.popFirst() {
            let at = Int(UInt32(truncatingIfNeeded: entry))
            let merge = merges[at]
            // An entry outlives its pair when a neighbour merged in between.
            guard merge != Rules.none, merge >> 32 == entry >> 32 else { continue }
            let gone = Int(next[at])
            let after = Int(next[gone])
            symbols[at] = UInt32(truncatingIfNeeded: merge)
            next[at] = Int32(truncatingIfNeeded: after)
            merges[gone] = Rules.none
            merges[at] = Rules.none
            if after < parts {
                previous[after] = Int32(truncatingIfNeeded: at)
                push(at, after, parts)
            }
            if previous[at] >= 0 { push(Int(previous[at]), at, parts) }
        }
        // Close the gaps.
        var kept = 0
        var part = 0
        while part < parts {
            starts[kept] = starts[part]
            kept += 1
            part = Int(next[part])
        }
        starts[kept] = starts[parts]
        return kept
    }

    @inline(__always)
    private static func entry(_ merge: UInt64, _ part: Int) -> UInt64 {
        merge & 0xFFFF_FFFF_0000_0000 | UInt64(UInt32(truncatingIfNeeded: part))
    }

    @inline(__always)
    private mutating func push(_ left: Int, _ right: Int, _ parts: Int) {
        let merge = rules.merge(text, Int(starts[left]), Int(starts[Int(next[right])]), symbols[left], symbols[right])
        merges[left] = merge
        if merge != Rules.none { heap.insert(Self.entry(merge, left)) }
    }

    private mutating func countInWindows(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var size = window
        while true {
            if let total = countInWindows(bytes, length, size) { return total }
            size *= 2
        }
    }

    /// The number of tokens by windows of a size, or `nil` where two neighbouring windows disagree at their seam.
    private mutating func countInWindows(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ size: Int) -> Int? {
        var total = 0
        var start = 0
        var seam: Int?
        var followsUnknown = false
        while true {
            let rest = length - start
            let taken = rest <= size ? rest : rules.lastCut(bytes + start, size)
            reserve(taken)
            text.update(from: bytes + start, count: taken)
            let parts = mergeAll(taken)
            if let seam, start + Int(starts[1]) != seam { return nil }
            if taken < rest, parts > 3 {
                let repeated = repeats(of: bytes + start, rest, taken, parts, followsUnknown)
                if repeated.count > 0 {
                    total += repeated.count * repeated.tokens
                    start += repeated.count * Int(starts[parts * 3 / 4])
                    seam = start + Int(starts[1])
                    continue
                }
            }
            if taken == rest { return total + tokens(parts, &followsUnknown) }
            // The last quarter may depend on text after the window; the next window must give the token before it
            // again.
            let kept = parts * 3 / 4
            guard kept > 0 else { return nil }
            total += tokens(kept, &followsUnknown)
            seam = start + Int(starts[kept + 1])
            start += Int(starts[kept])
        }
    }
}

extension Merger {
    /// How often the tokens kept of the current window repeat directly after it, and how many tokens each repeat has.
    ///
    /// A text that repeats itself, such as a long run of one letter, is merged once. If the bytes after the tokens kept
    /// equal those of the window, they become the same tokens, with the same seam.
    private func repeats(
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ taken: Int, _ parts: Int, _ followsUnknown: Bool
    ) -> (count: Int, tokens: Int) {
        let kept = parts * 3 / 4
        let step = Int(starts[kept])
        guard starts[kept + 1] - starts[kept] == starts[1] else { return (0, 0) }
        var unknown = followsUnknown
        let tokens = tokens(kept, &unknown)
        guard unknown == followsUnknown else { return (0, 0) }
        var count = 0
        while (count + 1) * step + taken <= length {
            let next = UnsafeBufferPointer(start: bytes + (count + 1) * step, count: taken)
            guard next.elementsEqual(UnsafeBufferPointer(start: text, count: taken)) else { break }
            count += 1
        }
        return (count, tokens)
    }
}

/// A binary heap of merges, the smallest first.
private struct MergeHeap {
    private var entries: [UInt64] = []

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// Adds without keeping order; ``order()`` must follow.
    mutating func append(_ entry: UInt64) { entries.append(entry) }

    mutating func order() {
        var index = entries.count / 2 - 1
        while index >= 0 {
            sink(index)
            index -= 1
        }
    }

    mutating func insert(_ entry: UInt64) {
        entries.append(entry)
        var index = entries.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            if entries[parent] <= entry { break }
            entries[index] = entries[parent]
            index = parent
        }
        entries[index] = entry
    }

    mutating func popFirst() -> UInt64? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            sink(0)
        }
        return first
    }

    private mutating func sink(_ start: Int) {
        let entry = entries[start]
        var index = start
        while true {
            var child = 2 * index + 1
            if child >= entries.count { break }
            if child + 1 < entries.count, entries[child + 1] < entries[child] { child += 1 }
            if entries[child] >= entry { break }
            entries[index] = entries[child]
            index = child
        }
        entries[index] = entry
    }
}

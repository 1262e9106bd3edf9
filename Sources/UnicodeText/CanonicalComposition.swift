/// A Unicode normalisation form (Unicode Standard Annex #15).
///
/// Own tables, because which version of Unicode normalises is part of a tokenizer's identity and of a fingerprint. Each
/// form is unfolded on first use.
public struct CanonicalComposition: Sendable {
    /// Form C of Unicode 16.0.
    public static let formC = CanonicalComposition()
    /// Form D of Unicode 16.0.
    public static let formD = CanonicalComposition(composes: false)

    /// For each code point: its combining class in the lowest byte, flags, and the number of its decomposition in bit
    /// 16 and above.
    private let facts: CodePointTable<UInt32>
    /// Whether a code point may change or takes part in reordering; others start afresh.
    private static let isInvolved: UInt32 = 1 << 8
    /// Whether the form may change a code point whatever its order: its quick check is not Yes.
    private static let isDoubtful: UInt32 = 1 << 9
    /// Full decompositions one after the other, each code point with its combining class in the highest byte.
    private let parts: [UInt32]
    /// The end of each decomposition in ``parts``; number 0 means none.
    private let ends: [UInt32]
    /// Pairs that compose.
    private let pairs: PairTable
    /// Whether decomposed characters are composed again.
    private let composes: Bool
    /// The code points that are involved, by their first bytes.
    private let involved: SequenceFilter

    private static let firstSyllable = 0xAC00
    private static let syllables = 0xAC00..<0xAC00 + 11172

    /// Unfolds a form.
    ///
    /// - Parameters:
    ///   - composes: Whether decomposed text is composed again (C, KC) or not (D, KD).
    ///   - compatibility: Compatibility decompositions, one level deep (KC, KD).
    ///   - isKnown: Whether a code point has decompositions and a combining class.
    package init(
        composes: Bool = true, compatibility: [Int: [Int]] = [:], isKnown: (Int) -> Bool = { _ in true }
    ) {
        self.composes = composes
        var decompositions = compatibility.filter { isKnown($0.key) }
        var composing: [(first: Int, second: Int, whole: Int)] = []
        Self.forEachDecomposition { whole, parts, isComposing in
            guard isKnown(whole) else { return }
            decompositions[whole] = parts
            if isComposing { composing.append((parts[0], parts[1], whole)) }
        }
        pairs = PairTable(composing)

        var parts: [UInt32] = []
        var ends: [UInt32] = [0]
        var involved: Set<Int> = []
        facts = CodePointTable { facts in
            Self.forEachMark { code, order in
                guard isKnown(code) else { return }
                facts[code] = order | Self.isInvolved
                involved.insert(code)
            }
            func append(_ code: Int) {
                if Self.syllables.contains(code) {
                    return Self.jamo(code) { parts.append(UInt32($0)) }
                }
                guard let found = decompositions[code] else {
                    return parts.append(UInt32(code) | (facts[code] & 0xFF) << 24)
                }
                found.forEach(append)
            }
            for whole in decompositions.keys.sorted() {
                append(whole)
                facts[whole] |= UInt32(ends.count) << 16
                ends.append(UInt32(parts.count))
            }
            var doubtful = Set(decompositions.keys)
            if composes {
                // A pair that composes stays as it is, unless its parts are taken apart for compatibility.
                if compatibility.isEmpty { doubtful.subtract(composing.map(\.whole)) }
                doubtful.formUnion(composing.map(\.second))
                doubtful.formUnion(0x1161..<0x1176)
                doubtful.formUnion(0x11A8..<0x11C3)
            } else {
                doubtful.formUnion(Self.syllables)
            }
            for code in doubtful { facts[code] |= Self.isInvolved | Self.isDoubtful }
            involved.formUnion(doubtful)
        }
        self.involved = SequenceFilter(involved)
        self.parts = parts
        self.ends = ends
    }

    /// Whether a valid text may change; in the common case it certainly does not, which is found fast.
    package func mayChange(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        firstDoubt(in: text, from: 0) != nil
    }

    /// The normalised bytes of a text, in which each faulty sequence becomes U+FFFD first.
    ///
    /// - Complexity: O(*n*), whatever the text.
    public func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var mended: [UInt8] = []
        var out: [UInt8] = []
        guard UTF8Check.firstFault(text) == nil else {
            _ = UTF8Check.mend(text, into: &mended)
            mended.withUnsafeBufferPointer { normalize($0, into: &out) }
            return out
        }
        normalize(text, into: &out)
        return out
    }

    /// Replaces the content of `out` by the normalised text; the text must be valid UTF-8.
    ///
    /// Text that is certainly normalised is copied. From a code point in doubt, the text is normalised up to the next
    /// code point that combines with nothing before it.
    ///
    /// - Complexity: O(*n*), whatever the text.
    package func normalize(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        out.removeAll(keepingCapacity: true)
        guard let bytes = text.baseAddress else { return }
        out.reserveCapacity(text.count)
        var segment: [UInt32] = []
        var copied = 0
        while let doubt = firstDoubt(in: text, from: copied) {
            out.append(contentsOf: text[copied..<doubt])
            var offset = doubt
            repeat {
                let (code, length) = CodePoint.read(bytes, offset)
                decompose(code, into: &segment)
                offset += length
            } while offset < text.count && isInvolved(bytes, offset)
            Self.order(&segment)
            if composes {
                compose(&segment)
            }
            for part in segment { CodePoint.append(Int(part & 0xFF_FFFF), to: &out) }
            segment.removeAll(keepingCapacity: true)
            copied = offset
        }
        out.append(contentsOf: text[copied...])
    }

    @inline(__always)
    private func isInvolved(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> Bool {
        bytes[offset] >= 0x80 && facts.values[CodePoint.read(bytes, offset).code] & Self.isInvolved != 0
    }

    /// The last place, before the first code point in doubt, at which nothing combines with the text before it.
    ///
    /// It is `nil` if the text is normalised from `start`, itself such a place.
    private func firstDoubt(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let bytes = text.baseAddress else { return nil }
        let count = text.count
        let raw = UnsafeRawPointer(bytes)
        let values = facts.values
        return involved.withTables { tables in
            var offset = start
            // The start of the run of involved code points, including the one before it; and the run's last combining
            // class.
            var run = start
            var order: UInt32 = 0
            var isInRun = false
            while offset < count {
                while offset + 9 <= count {
                    let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    if word & 0x8080_8080_8080_8080 != 0, tables.mayBegin(in: bytes + offset) { break }
                    offset += 8
                    isInRun = false
                }
                // A step of eight may end inside a sequence, whose remaining bytes are skipped.
                let stop = min(offset + 8, count)
                while offset < stop {
                    let lead = bytes[offset]
                    if lead < 0xC2 {
                        // Not a continuation byte that ends a skipped sequence.
                        if lead < 0x80 { isInRun = false }
                        offset += 1
                        continue
                    }
                    let (code, length) = CodePoint.read(bytes, offset)
                    let fact = values[code]
                    if fact & Self.isInvolved == 0 {
                        isInRun = false
                    } else {
                        if !isInRun {
                            isInRun = true
                            order = 0
                            run = offset == start ? start : CodePoint.start(bytes, before: offset, from: start)
                        }
                        if fact & Self.isDoubtful != 0 || fact & 0xFF < order { return run }
                        order = fact & 0xFF
                    }
                    offset += length
                }
            }
            return nil
        }
    }

    private static func jamo(_ syllable: Int, _ body: (Int) -> Void) {
        let index = syllable - firstSyllable
        body(0x1100 + index / 588)
        body(0x1161 + index % 588 / 28)
        if index % 28 != 0 { body(0x11A7 + index % 28) }
    }

    /// The full decomposition of a code point, as code points.
    func decomposition(of code: Int) -> [Int] {
        var segment: [UInt32] = []
        decompose(code, into: &segment)
        return segment.map { Int($0 & 0xFF_FFFF) }
    }

    /// The code points that have a combining class.
    static func forEachMark(_ body: (_ code: Int, _ order: UInt32) -> Void) {
        var reader = RunReader(combiningClassRuns)
        var code = 0
        while reader.peek != nil {
            let order = UInt32(reader.number())
            _ = reader.byte()
            let end = code + reader.number()
            _ = reader.byte()
            if order != 0 {
                for marked in code..<end { body(marked, order) }
            }
            code = end
        }
    }

    /// The canonical decompositions, one level deep, and whether form C puts them together again.
    static func forEachDecomposition(_ body: (_ whole: Int, _ parts: [Int], _ isComposing: Bool) -> Void) {
        var reader = RunReader(decompositions)
        while reader.peek != nil {
            let whole = reader.number()
            _ = reader.byte()
            var parts = [reader.number()]
            var separator = reader.byte()
            if separator == UInt8(ascii: "+") {
                parts.append(reader.number())
                separator = reader.byte()
            }
            let isComposing = separator == UInt8(ascii: "!")
            if isComposing { _ = reader.byte() }
            body(whole, parts, isComposing)
        }
    }

    private func decompose(_ code: Int, into segment: inout [UInt32]) {
        let fact = facts.values[code]
        let number = Int(fact >> 16)
        if number != 0 {
            for index in Int(ends[number - 1])..<Int(ends[number]) { segment.append(parts[index]) }
        } else if Self.syllables.contains(code) {
            Self.jamo(code) { segment.append(UInt32($0)) }
        } else {
            segment.append(UInt32(code) | fact << 24)
        }
    }

    /// Canonical ordering: each run of marks by class, stably.
    private static func order(_ segment: inout [UInt32]) {
        var start = 0
        while start < segment.count {
            guard segment[start] >> 24 != 0 else {
                start += 1
                continue
            }
            var end = start
            while end < segment.count, segment[end] >> 24 != 0 { end += 1 }
            sort(&segment, start, end)
            start = end
        }
    }

    /// Composes characters.
    private func compose(_ segment: inout [UInt32]) {
        var starter = -1
        var kept = 0
        for index in segment.indices {
            let element = segment[index]
            if starter >= 0 {
                let previous = segment[kept - 1] >> 24
                let isBlocked = kept - 1 != starter && (previous == 0 || previous >= element >> 24)
                if !isBlocked, let whole = composition(segment[starter], element & 0xFF_FFFF) {
                    segment[starter] = whole
                    continue
                }
            }
            segment[kept] = element
            if element >> 24 == 0 { starter = kept }
            kept += 1
        }
        segment.removeLast(segment.count - kept)
    }

    /// The longest run of marks that is sorted by insertion; marks on real letters are two or three.
    private static let longestInsertion = 16

    /// Sorts a run of marks by class and keeps the order within a class: the time must not grow with the square of a
    /// run, which a hostile text can make as long as it likes.
    private static func sort(_ segment: inout [UInt32], _ start: Int, _ end: Int) {
        guard end - start > longestInsertion else {
            for index in start..<end {
                let mark = segment[index]
                var place = index
                while place > start, segment[place - 1] >> 24 > mark >> 24 {
                    segment[place] = segment[place - 1]
                    place -= 1
                }
                segment[place] = mark
            }
            return
        }
        // The number of marks with a lower class, which is the place of the first mark of each class.
        var places = [Int](repeating: 0, count: 257)
        for index in start..<end { places[Int(segment[index] >> 24) + 1] += 1 }
        for order in 1...256 { places[order] += places[order - 1] }
        let marks = Array(segment[start..<end])
        for mark in marks {
            segment[start + places[Int(mark >> 24)]] = mark
            places[Int(mark >> 24)] += 1
        }
    }

    private func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
            return 0xAC00 + (first - 0x1100) * 588 + (second - 0x1161) * 28
        }
        if first >= 0xAC00, first < 0xAC00 + 11172, (first - 0xAC00) % 28 == 0, second > 0x11A7, second < 0x11C3 {
            return first + (second - 0x11A7)
        }
        return pairs.whole(first, second)
    }
}

/// Pairs of code points and their compositions, under their hash; empty slots end a search.
private struct PairTable: Sendable {
    private var keys: [UInt64]
    private var wholes: [UInt32]
    private let shift: UInt64

    init(_ pairs: [(first: Int, second: Int, whole: Int)]) {
        var bits: UInt64 = 4
        while 1 << bits < pairs.count * 4 { bits += 1 }
        shift = 64 - bits
        keys = Array(repeating: 0, count: 1 << bits)
        wholes = Array(repeating: 0, count: 1 << bits)
        for pair in pairs {
            let key = UInt64(pair.first) << 32 | UInt64(pair.second)
            var slot = self.slot(key)
            while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
            keys[slot] = key
            wholes[slot] = UInt32(pair.whole)
        }
    }

    private func slot(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> shift) }

    func whole(_ first: UInt32, _ second: UInt32) -> UInt32? {
        let key = UInt64(first) << 32 | UInt64(second)
        var slot = slot(key)
        while keys[slot] != 0 {
            if keys[slot] == key { return wholes[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }
}

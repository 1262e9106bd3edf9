/// A Unicode normalisation form (Unicode Standard Annex #15).
///
/// Own tables, because which version of Unicode normalises is part of a tokenizer's identity. Each form is unfolded on
/// first use.
package struct CanonicalComposition: Sendable {
    /// Form C of Unicode 16.0.
    package static let shared = CanonicalComposition()
    /// Form C as Hugging Face's tokenizers knows it: without what later versions of Unicode added.
    static let reference = CanonicalComposition(omitsUnknown: true)
    /// Form D, as above.
    static let referenceD = CanonicalComposition(omitsUnknown: true, composes: false)
    /// Form KC, as above.
    static let referenceKC = CanonicalComposition(omitsUnknown: true, isCompatible: true)
    /// Form KD, as above.
    static let referenceKD = CanonicalComposition(omitsUnknown: true, isCompatible: true, composes: false)

    /// One bit per code point that the form may change, or that takes part in reordering.
    private let attention: [UInt64]
    private let combiningClasses: [UInt32: UInt8]
    /// Canonical decompositions one level deep; the second half is 0 for singletons.
    private let decompositions: [UInt32: (UInt32, UInt32)]
    /// Compatibility decompositions, where the form takes them.
    private let compatibility: [UInt32: [UInt32]]
    /// Whether what was taken apart is put together again.
    private let composes: Bool
    /// The first byte of UTF-8 below which nothing changes.
    private let lowestLead: UInt8
    /// Pairs, first code point in the upper half, to what they compose to.
    private let compositions: [UInt64: UInt32]

    private init(omitsUnknown: Bool = false, isCompatible: Bool = false, composes: Bool = true) {
        self.composes = composes
        lowestLead = composes && !isCompatible ? 0xCC : 0xC2
        let isKnown = { (code: UInt32) in !omitsUnknown || !ReferenceSet.unknown.contains(Int(code)) }
        var attention = [UInt64](repeating: 0, count: 0x110000 / 64)
        var runs = RunReader(Self.quickCheckRuns)
        var code = 0
        while let name = runs.byte() {
            let end = code + runs.number()
            if name == UInt8(ascii: "N") {
                for changed in code..<end { attention[changed >> 6] |= 1 << UInt64(changed & 63) }
            }
            code = end
        }
        precondition(code == 0x110000, "the generated table covers all of Unicode")

        var classes: [UInt32: UInt8] = [:]
        runs = RunReader(Self.combiningClassRuns)
        code = 0
        while runs.peek != nil {
            let value = runs.number()
            _ = runs.byte()
            let end = code + runs.number()
            _ = runs.byte()
            if value != 0 {
                for marked in code..<end where isKnown(UInt32(marked)) { classes[UInt32(marked)] = UInt8(value) }
            }
            code = end
        }
        combiningClasses = classes

        var decompositions: [UInt32: (UInt32, UInt32)] = [:]
        var compositions: [UInt64: UInt32] = [:]
        runs = RunReader(Self.decompositions)
        while runs.peek != nil {
            let whole = UInt32(runs.number())
            _ = runs.byte()
            let first = UInt32(runs.number())
            var second: UInt32 = 0
            var separator = runs.byte()
            if separator == UInt8(ascii: "+") {
                second = UInt32(runs.number())
                separator = runs.byte()
            }
            if isKnown(whole) { decompositions[whole] = (first, second) }
            if separator == UInt8(ascii: "!") {
                if isKnown(whole) { compositions[UInt64(first) << 32 | UInt64(second)] = whole }
                _ = runs.byte()
            }
        }
        var compatibility: [UInt32: [UInt32]] = [:]
        if isCompatible {
            runs = RunReader(ReferenceMappings.compatibility)
            while runs.peek != nil {
                let whole = UInt32(runs.number())
                var parts: [UInt32] = []
                repeat {
                    _ = runs.byte()
                    parts.append(UInt32(runs.number()))
                } while runs.peek == UInt8(ascii: "+")
                _ = runs.byte()
                if isKnown(whole) { compatibility[whole] = parts }
            }
        }
        if isCompatible || !composes {
            var changed = Array(decompositions.keys) + Array(compatibility.keys)
            if !composes { changed += 0xAC00..<0xD7A4 }
            for code in changed { attention[Int(code) >> 6] |= 1 << UInt64(code & 63) }
        }
        self.attention = attention
        self.decompositions = decompositions
        self.compositions = compositions
        self.compatibility = compatibility
    }

    /// Whether a text may change; one that surely does not is the common case and found fast.
    func mayChange(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if lowestLead < 0xCC { return mayChangeBeyondASCII(bytes, count) }
        let text = TextScan(bytes, end: count, classes: UnicodeClasses.table)
        return attention.withUnsafeBufferPointer { attention in
            var offset = 0
            let raw = UnsafeRawPointer(bytes)
            while offset < count {
                // Nothing below U+0300 changes, and U+0300 begins with 0xCC.
                while offset + 8 <= count {
                    let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    let high = word & 0x8080_8080_8080_8080
                    if high & (word &<< 1) & ((word &<< 2) | (word &<< 3) | (word &<< 4)) != 0 { break }
                    offset += 8
                }
                // A step of eight may end inside a sequence; its remaining bytes are passed by.
                let stop = min(offset + 8, count)
                while offset < stop {
                    let lead = bytes[offset]
                    if lead < 0xCC {
                        offset += 1
                        continue
                    }
                    let (code, length) = text.decode(offset)
                    if attention[code >> 6] >> UInt64(code & 63) & 1 != 0 { return true }
                    offset += length
                }
            }
            return false
        }
    }

    private func mayChangeBeyondASCII(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let text = TextScan(bytes, end: count, classes: UnicodeClasses.table)
        return attention.withUnsafeBufferPointer { attention in
            var offset = 0
            let raw = UnsafeRawPointer(bytes)
            while offset < count {
                while offset + 8 <= count,
                    raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    offset += 8
                }
                guard offset < count else { break }
                guard bytes[offset] >= 0x80 else {
                    offset += 1
                    continue
                }
                let (code, length) = text.decode(offset)
                if attention[code >> 6] >> UInt64(code & 63) & 1 != 0 { return true }
                offset += length
            }
            return false
        }
    }

    /// The normalised bytes of a text, in which each faulty sequence becomes U+FFFD first.
    ///
    /// - Complexity: O(*n*), whatever the text.
    package func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let start = text.baseAddress, !text.isEmpty else { return [] }
        var mended: [UInt8] = []
        guard UTF8Check.firstFault(start, text.count) == nil else {
            _ = UTF8Check.mend(start, text.count, into: &mended)
            return mended.withUnsafeBufferPointer { normalizedValid($0) }
        }
        return normalizedValid(text)
    }

    private func normalizedValid(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let start = text.baseAddress, mayChange(start, text.count) else { return Array(text) }
        var composed: [UInt8] = []
        composed.reserveCapacity(text.count)
        normalize(start, text.count, into: &composed)
        return composed
    }

    /// Writes the normalised text, which must be UTF-8.
    ///
    /// - Complexity: O(*n*), whatever the text.
    func normalize(_ bytes: UnsafePointer<UInt8>, _ count: Int, into text: inout [UInt8]) {
        let scan = TextScan(bytes, end: count, classes: UnicodeClasses.table)
        text.removeAll(keepingCapacity: true)
        var segment: [(code: UInt32, order: UInt8)] = []
        var offset = 0
        while offset < count {
            let (code, length) = bytes[offset] < 0x80 ? (Int(bytes[offset]), 1) : scan.decode(offset)
            offset += length
            let changes = attention[code >> 6] >> UInt64(code & 63) & 1 != 0
            // A code point that nothing changes and that combines with nothing before it starts afresh.
            if !changes {
                compose(&segment, into: &text)
            }
            decompose(UInt32(code), into: &segment)
        }
        compose(&segment, into: &text)
    }

    private func decompose(_ code: UInt32, into segment: inout [(code: UInt32, order: UInt8)]) {
        if code >= 0xAC00, code < 0xAC00 + 11172 {
            let index = code - 0xAC00
            segment.append((0x1100 + index / 588, 0))
            segment.append((0x1161 + index % 588 / 28, 0))
            if index % 28 != 0 { segment.append((0x11A7 + index % 28, 0)) }
        } else if let (first, second) = decompositions[code] {
            decompose(first, into: &segment)
            if second != 0 { decompose(second, into: &segment) }
        } else if !compatibility.isEmpty, let parts = compatibility[code] {
            for part in parts { decompose(part, into: &segment) }
        } else {
            segment.append((code, combiningClasses[code] ?? 0))
        }
    }

    private func compose(_ segment: inout [(code: UInt32, order: UInt8)], into text: inout [UInt8]) {
        // Canonical ordering: each run of marks by class, stably.
        var start = 0
        while start < segment.count {
            guard segment[start].order != 0 else {
                start += 1
                continue
            }
            var end = start
            while end < segment.count, segment[end].order != 0 { end += 1 }
            Self.sort(&segment, start, end)
            start = end
        }
        guard composes else { return append(&segment, to: &text) }
        var composed: [(code: UInt32, order: UInt8)] = []
        var starter: Int?
        for element in segment {
            if let at = starter {
                let previous = composed.count - 1 == at ? nil : composed.last?.order
                let isBlocked = previous.map { $0 == 0 || $0 >= element.order } ?? false
                if !isBlocked, let whole = composition(composed[at].code, element.code) {
                    composed[at].code = whole
                    continue
                }
            }
            composed.append(element)
            if element.order == 0 { starter = composed.count - 1 }
        }
        append(&composed, to: &text)
        segment.removeAll(keepingCapacity: true)
    }

    private func append(_ segment: inout [(code: UInt32, order: UInt8)], to text: inout [UInt8]) {
        for element in segment { CharacterCut.append(Int(element.code), to: &text) }
        segment.removeAll(keepingCapacity: true)
    }

    /// The longest run of marks that is sorted by insertion; marks on real letters are two or three.
    private static let longestInsertion = 16

    /// Sorts a run of marks by class and keeps the order within a class: the time must not grow with the square of a
    /// run, which a hostile text can make as long as it likes.
    private static func sort(_ segment: inout [(code: UInt32, order: UInt8)], _ start: Int, _ end: Int) {
        guard end - start > longestInsertion else {
            for index in start..<end {
                let mark = segment[index]
                var place = index
                while place > start, segment[place - 1].order > mark.order {
                    segment[place] = segment[place - 1]
                    place -= 1
                }
                segment[place] = mark
            }
            return
        }
        // How many marks have a lower class: where the first of each class goes.
        var places = [Int](repeating: 0, count: 257)
        for index in start..<end { places[Int(segment[index].order) + 1] += 1 }
        for order in 1...256 { places[order] += places[order - 1] }
        let marks = Array(segment[start..<end])
        for mark in marks {
            segment[start + places[Int(mark.order)]] = mark
            places[Int(mark.order)] += 1
        }
    }

    private func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
            return 0xAC00 + (first - 0x1100) * 588 + (second - 0x1161) * 28
        }
        if first >= 0xAC00, first < 0xAC00 + 11172, (first - 0xAC00) % 28 == 0, second > 0x11A7, second < 0x11C3 {
            return first + (second - 0x11A7)
        }
        return compositions[UInt64(first) << 32 | UInt64(second)]
    }
}

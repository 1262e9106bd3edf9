import UnicodeText

/// A text during normalisation: valid UTF-8, not empty.
///
/// Each step also updates the *origin*: how many of the first bytes represent the original text's first character.
/// Metaspace needs it when it puts a prefix only before the first piece.
///
/// Unsafe pointers as in ``TextScan``: the maker of a value keeps the text in place as long as the value is used.
struct NormalizedText {
    let buffer: UnsafeBufferPointer<UInt8>
    let bytes: UnsafePointer<UInt8>
    private let scan: TextScan

    var count: Int { buffer.count }

    /// - Precondition: The buffer is not empty.
    init(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard let bytes = buffer.baseAddress else { preconditionFailure("an empty text is not normalised") }
        self.buffer = buffer
        self.bytes = bytes
        scan = TextScan(bytes, end: buffer.count, classes: UnicodeClasses.table)
    }

    /// The code point at an offset below the end, and its length.
    @inline(__always)
    func code(_ offset: Int) -> (code: Int, length: Int) {
        bytes[offset] < 0x80 ? (Int(bytes[offset]), 1) : scan.decode(offset)
    }

    /// Writes the result for each code point, and updates the origin.
    @inline(__always)
    func map(into out: inout [UInt8], _ origin: inout Int, _ body: (Int, inout [UInt8]) -> Void) {
        var offset = 0
        var mapped = 0
        while offset < count {
            let (code, length) = code(offset)
            body(code, &out)
            offset += length
            if offset == origin { mapped = out.count }
        }
        origin = mapped
    }

    /// Leaves code points out, and replaces others.
    ///
    /// If code points are left out at the beginning, the text after them does not count as the original's first
    /// character.
    @inline(__always)
    func filter(
        into out: inout [UInt8], _ origin: inout Int, _ keeps: (Int) -> Bool, map: (Int) -> Int = { $0 }
    ) {
        self.map(into: &out, &origin) { code, out in
            if keeps(code) { CodePoint.append(map(code), to: &out) }
        }
    }

    /// Lower case, code point by code point.
    func lowercase(into out: inout [UInt8], _ origin: inout Int) {
        map(into: &out, &origin) { code, out in
            if code < 0x80 {
                out.append(UInt8(truncatingIfNeeded: code &- 0x41 < 26 && code >= 0x41 ? code | 0x20 : code))
            } else if let lower = LowercaseTable.table[code] {
                for part in lower { CodePoint.append(part, to: &out) }
            } else {
                CodePoint.append(code, to: &out)
            }
        }
    }

    /// Takes white space off the ends.
    func strip(left: Bool, right: Bool, into out: inout [UInt8], _ origin: inout Int) {
        var start = 0
        if left {
            while start < count {
                let (code, length) = code(start)
                guard ReferenceSet.isSpace(code) else { break }
                start += length
            }
        }
        var end = count
        if right {
            while end > start {
                let last = CharacterCut.last(bytes, end - 1)
                guard ReferenceSet.isSpace(code(last).code) else { break }
                end = last
            }
        }
        out.append(contentsOf: buffer[start..<end])
        origin = max(0, min(origin, end) - start)
    }

    /// Replaces each occurrence of a string, from the left.
    func replace(_ old: [UInt8], with new: [UInt8], into out: inout [UInt8], _ origin: inout Int) {
        replace(with: new, into: &out, &origin) { body in
            guard let first = old.first else { return }
            var offset = 0
            while offset + old.count <= count {
                guard bytes[offset] == first, buffer[offset..<offset + old.count].elementsEqual(old) else {
                    offset += 1
                    continue
                }
                body(offset, offset + old.count)
                offset += old.count
            }
        }
    }

    /// Replaces matches, which `matches` calls its argument with, start and end, from the left.
    @inline(__always)
    func replace(
        with new: [UInt8], into out: inout [UInt8], _ origin: inout Int, _ matches: ((Int, Int) -> Void) -> Void
    ) {
        var copied = 0
        var mapped = 0
        let oldOrigin = origin
        matches { start, end in
            out.append(contentsOf: buffer[copied..<start])
            if oldOrigin > copied { mapped = out.count - max(0, start - oldOrigin) }
            out.append(contentsOf: new)
            // The replacement is at the place of the last byte that it replaces.
            if end <= oldOrigin { mapped = out.count }
            copied = end
        }
        if oldOrigin > copied { mapped = out.count + min(oldOrigin, count) - copied }
        out.append(contentsOf: buffer[copied...])
        origin = mapped
    }

    /// SentencePiece's Nmt rules, by their list in `normalizers/unicode.rs`.
    func nmt(into out: inout [UInt8], _ origin: inout Int) {
        filter(into: &out, &origin) { code in
            switch code {
            case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: false
            default: true
            }
        } map: { code in
            switch code {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: 0x20
            default: code
            }
        }
    }

    /// Puts a space before and after each Chinese character, by BERT's list.
    func spaceChinese(into out: inout [UInt8], _ origin: inout Int) {
        map(into: &out, &origin) { code, out in
            switch code {
            case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F,
                0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
                out.append(0x20)
                CodePoint.append(code, to: &out)
                out.append(0x20)
            default: CodePoint.append(code, to: &out)
            }
        }
    }

    /// Replaces by a character map: a cluster of fewer than six bytes as a whole, all other text code point by code
    /// point.
    ///
    /// It always uses the shortest match, even if that is shorter than the text that it replaces.
    func mapClusters(_ map: CharacterMap, into out: inout [UInt8], _ origin: inout Int) {
        var offset = 0
        var isFirst = true
        while offset < count {
            let end = endOfCluster(offset)
            if end - offset < 6, let replacement = map.shortest(buffer, offset, end) {
                out.append(contentsOf: replacement)
                offset = end
            } else {
                while offset < end {
                    let length = code(offset).length
                    if let replacement = map.shortest(buffer, offset, offset + length) {
                        out.append(contentsOf: replacement)
                    } else {
                        out.append(contentsOf: buffer[offset..<offset + length])
                    }
                    offset += length
                }
            }
            // The reference does not count code points left out before the first one that stays.
            if isFirst, let lead = out.first {
                isFirst = false
                if origin > 0 { origin = CharacterCut.length(lead) }
            }
        }
    }

    /// The end of the extended grapheme cluster that starts at an offset.
    ///
    /// Characters that join only in clusters of six bytes and more, such as Hangul letters and flags, are not
    /// recognised: such clusters are replaced code point by code point.
    private func endOfCluster(_ start: Int) -> Int {
        var (code, length) = code(start)
        var end = start + length
        if code < 0x80, end < count, bytes[end] < 0x80 {
            return code == 0x0D && bytes[end] == 0x0A ? end + 1 : end
        }
        while ReferenceSet.preceding.contains(code), end < count {
            let next = self.code(end)
            guard !ReferenceSet.controls.contains(next.code) else { return end }
            (code, length) = next
            end += length
        }
        if ReferenceSet.controls.contains(code) { return end }
        while end < count {
            let next = self.code(end)
            guard ReferenceSet.extending.contains(next.code) else { break }
            end += next.length
        }
        return end
    }
}

/// The code points that Lowercase maps each code point to.
enum LowercaseTable {
    static let table: [Int: [Int]] = {
        var table: [Int: [Int]] = [:]
        var reader = RunReader(ReferenceMappings.lowercase)
        reader.mappings { code, parts in table[code] = parts }
        return table
    }()
}

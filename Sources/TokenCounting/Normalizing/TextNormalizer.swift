import UnicodeText

/// The changes of a `tokenizer.json` to a text before it is cut: one step after the other.
struct TextNormalizer: Sendable {
    /// One step, with the meaning that Hugging Face's tokenizers gives it.
    enum Step: Sendable {
        /// NFC, NFD, NFKC or NFKD.
        case form(CanonicalComposition, name: String)
        case lowercase
        case strip(left: Bool, right: Bool)
        case stripAccents
        case replaceString([UInt8], with: [UInt8])
        case replaceMatches(RegularExpression, with: [UInt8])
        case prepend([UInt8])
        case bert(BertNormalization)
        case nmt
        case precompiled(CharacterMap)
        case spellBytes
    }

    var steps: [Step]

    /// The changes, in the words of ``TokenizationPolicy/normalization``.
    var name: String {
        let names = steps.map { step in
            switch step {
            case .form(_, let name): name
            case .lowercase: "lowercase"
            case .strip(let left, let right): left && right ? "strip" : left ? "strip_left" : "strip_right"
            case .stripAccents: "strip_accents"
            case .replaceString(let old, let new) where old == [0x20] && new == PieceList.space: "spaces_replaced"
            case .replaceString, .replaceMatches: "replace"
            case .prepend(let text) where text == PieceList.space: "space_prefix"
            case .prepend: "prepend"
            case .bert: "bert"
            case .nmt: "nmt"
            case .precompiled: "character_map"
            case .spellBytes: "bytes_spelled"
            }
        }
        return names.isEmpty ? "none" : names.joined(separator: "+")
    }

    /// Normalises a text.
    ///
    /// - Parameters:
    ///   - text: Valid UTF-8; replaced by the normalised text.
    ///   - spare: Scratch memory.
    ///   - origin: How many of the first bytes represent the original text's first character; updated for the
    ///     normalised text.
    func apply(_ text: inout [UInt8], spare: inout [UInt8], origin: inout Int) {
        for step in steps where !text.isEmpty && Self.mayChange(step, text) {
            spare.removeAll(keepingCapacity: true)
            text.withUnsafeBufferPointer { Self.apply(step, NormalizedText($0), into: &spare, &origin) }
            swap(&text, &spare)
            if text.isEmpty { origin = 0 }
        }
    }

    /// The result for a short text by itself.
    func normalized(_ text: [UInt8]) -> [UInt8] {
        var text = text
        var spare: [UInt8] = []
        var origin = 0
        apply(&text, spare: &spare, origin: &origin)
        return text
    }

    private static func mayChange(_ step: Step, _ text: [UInt8]) -> Bool {
        guard case .form(let form, _) = step else { return true }
        return text.withUnsafeBufferPointer { form.mayChange($0) }
    }

    private static func apply(_ step: Step, _ text: NormalizedText, into out: inout [UInt8], _ origin: inout Int) {
        switch step {
        case .form(let form, _): form.normalize(text, into: &out, &origin)
        case .lowercase: text.lowercase(into: &out, &origin)
        case .strip(let left, let right): text.strip(left: left, right: right, into: &out, &origin)
        case .stripAccents: text.filter(into: &out, &origin) { !ReferenceSet.accents.contains($0) }
        case .replaceString(let old, let new): text.replace(old, with: new, into: &out, &origin)
        case .replaceMatches(let expression, let new):
            text.replace(with: new, into: &out, &origin) { body in expression.forEachMatch(text.bytes, text.count, body)
            }
        case .prepend(let prefix):
            out.append(contentsOf: prefix)
            out.append(contentsOf: text.buffer)
            origin += prefix.count
        case .bert(let options): options.normalize(text, into: &out, &origin)
        case .nmt: text.nmt(into: &out, &origin)
        case .precompiled(let map): text.mapClusters(map, into: &out, &origin)
        case .spellBytes:
            for byte in text.buffer { CodePoint.append(Int(ByteAlphabet.codes[Int(byte)]), to: &out) }
            origin = text.buffer.prefix(origin).reduce(0) { $0 + (ByteAlphabet.codes[Int($1)] < 0x80 ? 1 : 2) }
        }
    }
}

/// BERT's normalizer.
struct BertNormalization: Sendable {
    let cleansText: Bool
    let spacesChinese: Bool
    let stripsAccents: Bool
    let lowercases: Bool

    /// Writes the normalised text.
    func normalize(_ text: NormalizedText, into out: inout [UInt8], _ origin: inout Int) {
        var current = Array(text.buffer)
        func step(_ body: (NormalizedText, inout [UInt8], inout Int) -> Void) {
            guard !current.isEmpty else { return }
            var next: [UInt8] = []
            next.reserveCapacity(current.count)
            current.withUnsafeBufferPointer { body(NormalizedText($0), &next, &origin) }
            current = next
        }
        if cleansText {
            step { text, out, origin in
                text.filter(into: &out, &origin) {
                    $0 != 0xFFFD && !ReferenceSet.bertControls.contains($0)
                } map: {
                    ReferenceSet.isSpace($0) ? 0x20 : $0
                }
            }
        }
        if spacesChinese { step { text, out, origin in text.spaceChinese(into: &out, &origin) } }
        if stripsAccents {
            step { text, out, origin in
                CanonicalComposition.referenceD.normalize(text, into: &out, &origin)
            }
            step { text, out, origin in
                text.filter(into: &out, &origin) { !ReferenceSet.bertAccents.contains($0) }
            }
        }
        if lowercases { step { text, out, origin in text.lowercase(into: &out, &origin) } }
        out = current
    }
}

/// The forms as Hugging Face's tokenizers has them: without the additions of later versions of Unicode.
extension CanonicalComposition {
    /// Form C.
    static let reference = CanonicalComposition(isKnown: isKnown)
    /// Form D.
    static let referenceD = CanonicalComposition(composes: false, isKnown: isKnown)
    /// Form KC.
    static let referenceKC = CanonicalComposition(compatibility: compatibility, isKnown: isKnown)
    /// Form KD.
    static let referenceKD = CanonicalComposition(composes: false, compatibility: compatibility, isKnown: isKnown)

    private static func isKnown(_ code: Int) -> Bool { !ReferenceSet.unknown.contains(code) }

    private static let compatibility: [Int: [Int]] = {
        var table: [Int: [Int]] = [:]
        var reader = RunReader(ReferenceMappings.compatibility)
        reader.mappings { code, parts in table[code] = parts }
        return table
    }()

    /// Writes the normalised text, and updates the origin.
    func normalize(_ text: NormalizedText, into out: inout [UInt8], _ origin: inout Int) {
        if origin > 0 {
            var first: [UInt8] = []
            normalize(UnsafeBufferPointer(rebasing: text.buffer.prefix(origin)), into: &first)
            normalize(text.buffer, into: &out)
            let length = out.first.map { CharacterCut.length($0) } ?? 0
            origin = out.starts(with: first) ? first.count : length
        } else {
            normalize(text.buffer, into: &out)
        }
    }
}

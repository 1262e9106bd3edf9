import UnicodeText

/// Takes a normalised text through a pipeline's pretokenizers and counts the pieces.
struct PipelineEngine<Words: WordCounting & ~Copyable>: ~Copyable {
    private let model: PipelineModel
    private var words: Words
    /// The text after each step that rewrites it, with extra bytes so that keys may be read past its end.
    private var texts: [[UInt8]]
    /// The ends of the pieces of such steps.
    private var ends: [[Int]]
    private var input: [UInt8] = []

    private static var padding: Int { 16 }

    init(_ model: PipelineModel, _ words: consuming Words) {
        self.model = model
        self.words = words
        texts = [[UInt8]](repeating: [], count: model.steps.count)
        ends = [[Int]](repeating: [], count: model.steps.count)
    }

    /// The tokens of a text.
    ///
    /// - Parameters:
    ///   - bytes: Valid UTF-8.
    ///   - length: Its bytes, from 1.
    ///   - origin: How many of the first bytes represent the original text's first character.
    /// - Returns: Their number.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ origin: Int) -> Int {
        input.removeAll(keepingCapacity: true)
        input.append(contentsOf: UnsafeBufferPointer(start: bytes, count: length))
        input.append(contentsOf: repeatElement(0, count: Self.padding))
        var text: [UInt8] = []
        swap(&text, &input)
        defer { swap(&text, &input) }
        return text.withUnsafeBufferPointer { text in
            text.baseAddress.map { run(0, $0, length, origin) } ?? 0
        }
    }

    private mutating func run(_ step: Int, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ origin: Int) -> Int {
        guard step < model.steps.count else { return words.count(bytes, length) }
        let text = TextScan(bytes, end: length, classes: UnicodeClasses.table)
        var total = 0
        // Passes the piece between two offsets to the next step.
        func take(_ start: Int, _ end: Int) {
            total += run(step + 1, bytes + start, end - start, max(0, origin - start))
        }
        switch model.steps[step] {
        case .pattern(let pattern): pattern.forEachPretoken(text, take)
        case .byteLevel(let addsSpace, let cuts, let spells):
            guard (addsSpace && bytes[0] != 0x20) || spells else {
                if cuts { PretokenPattern.r50k.forEachPretoken(text, take) } else { take(0, length) }
                break
            }
            return writeBytes(step, text, origin, addsSpace: addsSpace && bytes[0] != 0x20, cuts: cuts, spells: spells)
        case .digits(let individually):
            text.split(individually ? .isolated : .contiguous, take) { ReferenceSet.numeric.contains($0) }
        case .punctuation(let behavior):
            text.split(behavior, take) { ReferenceSet.punctuation.contains($0) }
        case .whitespaceSplit: text.split(.removed, take) { ReferenceSet.isSpace($0) }
        case .words: text.forEachWord(take)
        case .bert:
            text.split(
                .removed,
                { start, end in
                    let word = TextScan(bytes + start, end: end - start, classes: text.classes)
                    word.split(.isolated, { take(start + $0, start + $1) }) { ReferenceSet.punctuation.contains($0) }
                }
            ) { ReferenceSet.isSpace($0) }
        case .string(let string, let behavior, let inverts):
            SplitFold.split(length, behavior, inverts: inverts, take) { text.forEachOccurrence(of: string, $0) }
        case .expression(let expression, let behavior, let inverts):
            SplitFold.split(length, behavior, inverts: inverts, take) { expression.forEachMatch(bytes, length, $0) }
        case .metaspace(let character, let scheme, let splits):
            return withText(step) { engine, spaced in
                text.replaceSpaces(
                    by: character, prepends: scheme == .always || (scheme == .first && origin > 0), into: &spaced)
                let length = spaced.count
                spaced.append(contentsOf: repeatElement(0, count: Self.padding))
                return spaced.withUnsafeBufferPointer { spaced in
                    guard let start = spaced.baseAddress else { return 0 }
                    let text = TextScan(start, end: length, classes: UnicodeClasses.table)
                    var total = 0
                    func take(_ from: Int, _ to: Int) {
                        total += engine.run(step + 1, start + from, to - from, from == 0 ? origin : 0)
                    }
                    guard splits else {
                        take(0, length)
                        return total
                    }
                    SplitFold.split(length, .mergedWithNext, inverts: false, take) {
                        text.forEachOccurrence(of: character, $0)
                    }
                    return total
                }
            }
        }
        return total
    }

    /// Lends a step's scratch text.
    private mutating func withText(_ step: Int, _ body: (inout Self, inout [UInt8]) -> Int) -> Int {
        var text: [UInt8] = []
        swap(&text, &texts[step])
        text.removeAll(keepingCapacity: true)
        defer { swap(&text, &texts[step]) }
        return body(&self, &text)
    }

    /// Cuts a text that a space is put before or whose bytes are spelled in letters.
    private mutating func writeBytes(
        _ step: Int, _ text: TextScan, _ origin: Int, addsSpace: Bool, cuts: Bool, spells: Bool
    ) -> Int {
        withText(step) { engine, written in
            var ends: [Int] = []
            swap(&ends, &engine.ends[step])
            ends.removeAll(keepingCapacity: true)
            defer { swap(&ends, &engine.ends[step]) }
            let before = addsSpace ? 1 : 0
            if addsSpace { written.append(0x20) }
            written.append(contentsOf: UnsafeBufferPointer(start: text.bytes, count: text.end))
            let count = written.count
            written.append(contentsOf: repeatElement(0, count: Self.padding))
            written.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                let spaced = TextScan(start, end: count, classes: text.classes)
                if cuts { PretokenPattern.r50k.forEachPretoken(spaced) { ends.append($1) } } else { ends.append(count) }
            }
            if spells {
                // The letters are appended after the bytes, and the pieces' ends move with them.
                var from = 0
                for index in ends.indices {
                    let to = ends[index]
                    for byte in from..<to {
                        CodePoint.append(Int(ByteAlphabet.codes[Int(written[byte])]), to: &written)
                    }
                    from = to
                    ends[index] = written.count
                }
                written.append(contentsOf: repeatElement(0, count: Self.padding))
            }
            return written.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return 0 }
                let first = spells ? count + Self.padding : 0
                var from = first
                var total = 0
                for end in ends {
                    let rest = max(0, origin + before - (from - first))
                    total += engine.run(step + 1, start + from, end - from, rest)
                    from = end
                }
                return total
            }
        }
    }
}

extension TextScan {
    /// Splits the text at single code points.
    @inline(__always)
    func split(_ behavior: SplitBehavior, _ piece: (Int, Int) -> Void, at isMatch: (Int) -> Bool) {
        SplitFold.split(end, behavior, inverts: false, piece) { match in
            var offset = 0
            while offset < end {
                let (code, length) = bytes[offset] < 0x80 ? (Int(bytes[offset]), 1) : decode(offset)
                if isMatch(code) { match(offset, offset + length) }
                offset += length
            }
        }
    }

    /// Calls `body` with each run of word characters and each of signs: `\w+|[^\w\s]+`.
    func forEachWord(_ body: (Int, Int) -> Void) {
        var start = 0
        var kind = 0
        var offset = 0
        while offset < end {
            let (code, length) = bytes[offset] < 0x80 ? (Int(bytes[offset]), 1) : decode(offset)
            let next = ReferenceSet.word.contains(code) ? 1 : ReferenceSet.isSpace(code) ? 0 : 2
            if next != kind {
                if kind != 0 { body(start, offset) }
                start = offset
                kind = next
            }
            offset += length
        }
        if kind != 0 { body(start, end) }
    }

    /// Calls `body` with each occurrence of a string, from the left.
    @inline(__always)
    func forEachOccurrence(of string: [UInt8], _ body: (Int, Int) -> Void) {
        guard let first = string.first else { return }
        var offset = 0
        while offset + string.count <= end {
            if bytes[offset] == first,
                UnsafeBufferPointer(start: bytes + offset, count: string.count).elementsEqual(string)
            {
                body(offset, offset + string.count)
                offset += string.count
            } else {
                offset += 1
            }
        }
    }

    /// Writes the text with another character for each space, and one before it unless it begins with one.
    func replaceSpaces(by character: [UInt8], prepends: Bool, into out: inout [UInt8]) {
        out.reserveCapacity(end + end / 2 + 32)
        for index in 0..<end {
            if bytes[index] == 0x20 { out.append(contentsOf: character) } else { out.append(bytes[index]) }
        }
        if prepends, !out.starts(with: character) { out.insert(contentsOf: character, at: 0) }
    }
}

extension PretokenPattern {
    /// Calls `body` with each pretoken of a text.
    func forEachPretoken(_ text: TextScan, _ body: (Int, Int) -> Void) {
        switch self {
        case .r50k: walk(R50kSplitter.self, text, body)
        case .cl100k: walk(Cl100kSplitter<Cl100kPattern>.self, text, body)
        case .llama3: walk(Cl100kSplitter<Llama3Pattern>.self, text, body)
        case .qwen2: walk(Cl100kSplitter<Qwen2Pattern>.self, text, body)
        case .qwen35: walk(Cl100kSplitter<Qwen35Pattern>.self, text, body)
        case .o200k: walk(O200kSplitter<O200kPattern>.self, text, body)
        case .tekken: walk(O200kSplitter<TekkenPattern>.self, text, body)
        case .deepseek: walk(DeepSeekSplitter.self, text, body)
        case .starcoder: walk(StarCoderSplitter.self, text, body)
        }
    }

    @inline(__always)
    private func walk<Cutter: Splitter>(_ cutter: Cutter.Type, _ text: TextScan, _ body: (Int, Int) -> Void) {
        var start = 0
        while start < text.end {
            let end = Cutter.pretokenEnd(text, start)
            body(start, end)
            start = end
        }
    }
}

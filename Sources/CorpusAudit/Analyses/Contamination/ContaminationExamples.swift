import UnicodeText

extension Audit {
    /// Adds the texts of the examples that the audit names, read once more.
    ///
    /// - Throws: ``RunError`` for a text that is no longer there, ``BenchmarkSets/Failure`` where the sets cannot be read,
    ///   and what reading shards throws.
    mutating func addExampleTexts(
        from shards: [Shard], sets: BenchmarkSets, options: AuditOptions, stop: StopSignal
    ) throws {
        guard var items = contamination?.items else { return }
        let places = items.indices.filter { items[$0].example != nil }
        let documents = places.compactMap { items[$0].example?.document }
        guard !documents.isEmpty else { return }
        let texts = try TextFinder.texts(of: documents, in: shards, options: options, stop: stop)
        let itemTexts = try sets.texts(of: places.map { (items[$0].set, items[$0].id) })
        let folder = options.normalization.makeFolder()
        let locator = WordLocator()
        for (number, (place, document)) in zip(places, documents).enumerated() {
            guard let text = texts[document.fingerprint] else {
                throw RunError.unsuitable(
                    path: document.shard, reason: "record \(document.record) has changed since it was read; audit again"
                )
            }
            guard let itemText = itemTexts[number] else {
                throw RunError.unsuitable(
                    path: sets.folder, reason: "the item \(items[place].id) of \(items[place].set) is no longer there")
            }
            // Words are counted in the text that the fingerprint is of.
            let folded = text.withUnsafeBufferPointer { text in
                folder.map { $0.withFolded(valid: text) { Array($0) } } ?? Array(text)
            }
            let (length, example) = (items[place].longest, items[place].example ?? Contamination.Example())
            items[place].example?.itemText = locator.excerpt(
                of: example.itemWord..<example.itemWord + length, in: Array(itemText.utf8))
            items[place].example?.documentText = locator.excerpt(
                of: example.documentWord..<example.documentWord + length, in: folded)
        }
        contamination?.items = items
        for index in byFurtherTokenizer.indices { byFurtherTokenizer[index].contamination?.items = items }
    }
}

/// Finds the words that an analysis counts in the text that they were read from.
struct WordLocator {
    /// Bytes shown before and behind a stretch.
    static let context = 160
    /// The most bytes shown of a stretch.
    static let longest = 800

    private let words = NormalizedWords()

    /// A stretch of words of a text, and what is around it.
    func excerpt(of place: Range<Int>, in text: [UInt8]) -> Audit.Contamination.Excerpt {
        let range = bytes(of: place, in: text)
        let start = Self.boundary(max(0, range.lowerBound - Self.context), in: text)
        let end = Self.boundary(min(text.count, range.upperBound + Self.context), in: text)
        func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        var match = string(range)
        if range.count > Self.longest {
            let head = Self.boundary(range.lowerBound + Self.longest / 2, in: text)
            let tail = Self.boundary(range.upperBound - Self.longest / 2, in: text)
            match = string(range.lowerBound..<head) + " … " + string(tail..<range.upperBound)
        }
        return Audit.Contamination.Excerpt(
            before: (start > 0 ? "…" : "") + string(start..<range.lowerBound), match: match,
            after: string(range.upperBound..<end) + (end < text.count ? "…" : ""))
    }

    /// Where words are in a text.
    ///
    /// - Complexity: O(*n* log *n*).
    func bytes(of place: Range<Int>, in text: [UInt8]) -> Range<Int> {
        let whole = read(text, text.count)
        guard !place.isEmpty, place.upperBound <= whole.ends.count else { return 0..<0 }
        let ending = whole.ends[place.upperBound - 1].offset
        // Of longer and longer beginnings of the text, the first one that has the first word ends with its first letter.
        let first = shortest(text) { $0.ends.count > place.lowerBound }
        let start = Self.boundary(first - 1, in: text)
        var end = shortest(text) { words in
            words.ends.count >= place.upperBound && words.ends[place.upperBound - 1].offset >= ending
        }
        // A number is one digit as a word, and marks are no part of one.
        while end < text.count {
            let isPoint = text[end] == 0x2E || text[end] == 0x2C
            if isPoint, end + 1 < text.count, Self.isDigit(text[end - 1]), Self.isDigit(text[end + 1]) {
                end += 2
                continue
            }
            let rest = text[end...].prefix(4)
            guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first,
                scalar.properties.numericType == .decimal
                    || [.nonspacingMark, .enclosingMark, .spacingMark].contains(scalar.properties.generalCategory)
            else { break }
            end += UTF8.width(scalar)
        }
        return start..<max(start, end)
    }

    /// The length of the shortest beginning of a text whose words fulfil a condition, which holds for all longer ones.
    private func shortest(_ text: [UInt8], _ holds: (NormalizedWords) -> Bool) -> Int {
        var (low, high) = (0, text.count)
        while low < high {
            let middle = Self.boundary((low + high) / 2, in: text)
            if middle < low || !holds(read(text, middle)) {
                low = Self.next((low + high) / 2, in: text)
            } else {
                high = middle
            }
        }
        return high
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private func read(_ text: [UInt8], _ length: Int) -> NormalizedWords {
        text.withUnsafeBufferPointer { words.read(UnsafeBufferPointer(rebasing: $0[..<length])) }
        return words
    }

    /// The last boundary of a code point up to an offset.
    private static func boundary(_ offset: Int, in text: [UInt8]) -> Int {
        var offset = offset
        while offset > 0, offset < text.count, text[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// The first boundary of a code point after an offset.
    private static func next(_ offset: Int, in text: [UInt8]) -> Int {
        var offset = offset + 1
        while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }
}

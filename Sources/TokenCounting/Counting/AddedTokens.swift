/// Tokens that a tokenizer cuts out of the text before all other steps.
///
/// Added tokens that are not special count in plain text: GPT-NeoX, for example, has runs of spaces among them. The
/// spellings of special tokens are plain text, as everywhere in this package. But no other added token can begin inside
/// such a spelling.
struct AddedTokens: Sendable {
    /// Looked for in the text as it is.
    let raw: TokenFinder
    /// Looked for after normalisation.
    let normalized: TokenFinder

    /// Divides tokens into those to find before normalisation and those to find after it.
    ///
    /// - Parameters:
    ///   - tokens: The tokens; of equal ones the first counts.
    ///   - normalize: Normalises a token's own spelling; the result is the text to find.
    init(_ tokens: [AddedToken], normalize: ([UInt8]) -> [UInt8] = { $0 }) {
        raw = TokenFinder(tokens.filter { !$0.isNormalized })
        normalized = TokenFinder(
            tokens.filter(\.isNormalized).map { token in
                var token = token
                token.bytes = normalize(token.bytes)
                return token
            })
    }

    /// Whether no text is cut by these.
    var isEmpty: Bool { raw.isEmpty && normalized.isEmpty }
}

/// One token that is cut out of the text (`AddedToken`).
struct AddedToken: Sendable {
    var bytes: [UInt8]
    /// Whether its spelling is plain text here.
    var isSpecial = false
    /// Whether it is looked for after normalisation.
    var isNormalized = false
    /// Whether it counts only if no word continues before or after it.
    var isSingleWord = false
    /// Whether it takes the white space before it.
    var stripsLeft = false
    /// Whether it takes the white space after it.
    var stripsRight = false

    fileprivate var hasOptions: Bool { isSingleWord || stripsLeft || stripsRight }
}

/// Finds the leftmost, then longest, of a set of strings.
struct TokenFinder: Sendable {
    private struct Node {
        var children: [UInt8: Int] = [:]
        /// The token that ends here, or -1.
        var token = -1
    }

    private var nodes = [Node()]
    private var tokens: [AddedToken] = []
    private var isSpecial: [Bool] = []
    /// The pairs of bytes that strings begin with, first byte and second byte; any second byte for strings of one.
    private var leads = [Bool](repeating: false, count: 1 << 16)
    /// Whether no string here cuts a text.
    private(set) var isEmpty = true
    /// Whether some token depends on the text around it.
    private var hasOptions = false

    /// Learns the tokens; empty ones are never found, and of equal ones the first is.
    init(_ tokens: [AddedToken]) {
        for token in tokens where !token.bytes.isEmpty {
            var node = 0
            for byte in token.bytes {
                if let child = nodes[node].children[byte] {
                    node = child
                } else {
                    nodes.append(Node())
                    nodes[node].children[byte] = nodes.count - 1
                    node = nodes.count - 1
                }
            }
            guard nodes[node].token < 0 else { continue }
            nodes[node].token = self.tokens.count
            self.tokens.append(token)
            isSpecial.append(token.isSpecial)
            let first = Int(token.bytes[0]) << 8
            if token.bytes.count > 1 {
                leads[first | Int(token.bytes[1])] = true
            } else {
                for second in 0..<256 { leads[first | second] = true }
            }
            if !token.isSpecial {
                isEmpty = false
                if token.hasOptions { hasOptions = true }
            }
        }
    }

    /// Calls `piece` for each stretch between tokens and `token` for each token that is not special.
    ///
    /// - Complexity: O(*n* · *m*) in the text's bytes and the longest string's, near *n* for real texts.
    @inline(__always)
    func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, piece: (UnsafePointer<UInt8>, Int) -> Void, token: () -> Void
    ) {
        guard !isEmpty else { return piece(bytes, length) }
        guard !hasOptions else { return cutWithOptions(bytes, length, piece: piece, token: token) }
        var start = 0
        forEachMatch(bytes, length) { match, end, found in
            if !isSpecial[found] {
                if match > start { piece(bytes + start, match - start) }
                token()
                start = end
            }
        }
        if start < length { piece(bytes + start, length - start) }
    }

    @inline(__always)
    private func forEachMatch(_ bytes: UnsafePointer<UInt8>, _ length: Int, _ body: (Int, Int, Int) -> Void) {
        var offset = 0
        leads.withUnsafeBufferPointer { leads in
            while offset < length {
                // The last byte may begin a string of one: looked up with any second byte, here itself.
                let second = offset + 1 < length ? bytes[offset + 1] : bytes[offset]
                guard leads[Int(bytes[offset]) << 8 | Int(second)],
                    let (end, found) = match(bytes, offset, length)
                else {
                    offset += 1
                    continue
                }
                body(offset, end, found)
                offset = end
            }
        }
    }

    private func match(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ length: Int) -> (end: Int, token: Int)? {
        var node = 0
        var offset = start
        var found: (Int, Int)?
        while offset < length, let child = nodes[node].children[bytes[offset]] {
            node = child
            offset += 1
            if nodes[node].token >= 0 { found = (offset, nodes[node].token) }
        }
        return found
    }
}

extension TokenFinder {
    /// The end of the longest token that starts at an offset, or `nil` if none does.
    func longestMatch(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
        text.baseAddress.flatMap { match($0, offset, text.count)?.end }
    }

    /// The same as ``cut(_:_:piece:token:)``, for tokens that depend on the text around them.
    ///
    /// It follows the reference step for step (`AddedVocabulary::find_matches`), down to tokens that begin inside the
    /// white space that the previous token has taken.
    @inline(never)
    private func cutWithOptions(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, piece: (UnsafePointer<UInt8>, Int) -> Void, token: () -> Void
    ) {
        let text = TextScan(bytes, end: length, classes: UnicodeClasses.table)
        func code(_ offset: Int) -> Int { bytes[offset] < 0x80 ? Int(bytes[offset]) : text.decode(offset).code }
        func isWord(before offset: Int) -> Bool {
            offset > 0 && ReferenceSet.word.contains(code(CharacterCut.last(bytes, offset - 1)))
        }
        var start = 0
        forEachMatch(bytes, length) { match, end, found in
            if isSpecial[found] { return }
            let found = tokens[found]
            var (first, last) = (match, end)
            if found.isSingleWord {
                if isWord(before: match) || (end < length && ReferenceSet.word.contains(code(end))) { return }
            }
            if found.stripsLeft {
                while first > 0 {
                    let before = CharacterCut.last(bytes, first - 1)
                    guard ReferenceSet.isSpace(code(before)) else { break }
                    first = before
                }
                first = max(first, start)
            }
            if found.stripsRight { last = text.end(of: UnicodeClasses.space, from: end) }
            if start < first { piece(bytes + start, first - start) }
            token()
            start = last
        }
        if start < length { piece(bytes + start, length - start) }
    }
}

import UnicodeText

/// Turns a vocabulary with identifiers and a list of merges into a model: GPT-2's files, Hugging Face's, GGUF's.
struct MergeListReader {
    /// The vocabulary file, for errors.
    let path: String
    /// The tokens' bytes by identifier; `nil` for identifiers of tokens that no text can become.
    var tokens: [UInt32: [UInt8]] = [:]
    /// The identifiers by the tokens' spelling in the file.
    private(set) var identifiers: [[UInt8]: UInt32] = [:]
    private(set) var merges: [PairTable.Merge] = []
    /// The prefix of tokens that continue a word; a merge leaves it out.
    var prefix: [UInt8] = []
    private var numbers: Set<UInt32> = []

    init(path: String) { self.path = path }

    /// Adds a token.
    ///
    /// - Parameters:
    ///   - spelling: The token's spelling in the file.
    ///   - bytes: The bytes that it represents, or `nil` if no text can become it.
    ///   - identifier: Its number.
    ///   - fault: Makes an error at its place.
    /// - Throws: An error if another token has the spelling or the number.
    mutating func add(
        _ spelling: [UInt8], bytes: [UInt8]?, identifier: UInt32, _ fault: (String) -> TokenCountingError
    ) throws(TokenCountingError) {
        let name = String(decoding: spelling, as: UTF8.self)
        if identifiers.updateValue(identifier, forKey: spelling) != nil {
            throw fault("the token \"\(name)\" occurs there twice")
        }
        guard numbers.insert(identifier).inserted else {
            throw fault("the token \"\(name)\" has the number \(identifier), which another has already")
        }
        if let bytes { tokens[identifier] = bytes }
    }

    /// Adds the merge of two tokens by their spellings.
    mutating func merge(
        _ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>, _ fault: (String) -> TokenCountingError
    ) throws(TokenCountingError) {
        let (left, right) = (Array(left), Array(right))
        func name(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        guard let first = identifiers[left] else { throw fault("the merge names \"\(name(left))\", which is no token") }
        guard let second = identifiers[right] else {
            throw fault("the merge names \"\(name(right))\", which is no token")
        }
        let whole = left + right.dropFirst(prefix.count)
        guard let merged = identifiers[whole] else {
            throw fault("the merge makes \"\(name(whole))\", which is no token")
        }
        merges.append((first, second, merged))
    }

    /// Adds a merge written as two spellings with a space between them.
    mutating func merge(
        line: some Collection<UInt8>, _ fault: (String) -> TokenCountingError
    ) throws(TokenCountingError) {
        let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw fault(
                "a merge is two tokens with a space between them, not \"\(String(decoding: line, as: UTF8.self))\"")
        }
        try merge(parts[0], parts[1], fault)
    }

    /// The tokens of single bytes by the byte-level alphabet, or `nil` if a byte has none.
    func byteTable() -> InlineArray<256, UInt32>? {
        var table = InlineArray<256, UInt32>(repeating: 0)
        for byte in 0..<256 {
            let identifier = identifiers[Self.letter(byte)]
            // These bytes never occur in valid UTF-8, and some vocabularies leave them out.
            guard identifier != nil || byte == 0xC0 || byte == 0xC1 || byte >= 0xF5 else { return nil }
            table[byte] = identifier ?? 0
        }
        return table
    }

    private static func letter(_ byte: Int) -> [UInt8] {
        var spelling: [UInt8] = []
        CodePoint.append(Int(ByteAlphabet.codes[byte]), to: &spelling)
        return spelling
    }

    /// The model of byte-level merging.
    ///
    /// - Throws: An error if a byte has no token.
    func byteLevelModel(
        _ pattern: PretokenPattern, keepsWholeTokens: Bool, form: CanonicalComposition?, addedTokens: AddedTokens?
    ) throws(TokenCountingError) -> TokenizerModel {
        guard let table = byteTable() else {
            let missing = (0..<256).first { identifiers[Self.letter($0)] == nil } ?? 0
            throw .unusableVocabulary(
                path: path, line: nil,
                reason: "there is no token for byte \(missing), so some text has no tokens: "
                    + "the file may be cut off")
        }
        return byteLevelModel(
            table, pattern, keepsWholeTokens: keepsWholeTokens, form: form, addedTokens: addedTokens)
    }

    /// The model of byte-level merging, given the tokens of single bytes.
    func byteLevelModel(
        _ byteTokens: InlineArray<256, UInt32>, _ pattern: PretokenPattern, keepsWholeTokens: Bool,
        form: CanonicalComposition?, addedTokens: AddedTokens?
    ) -> TokenizerModel {
        TokenizerModel(
            pattern: pattern,
            merging: .pairs(
                list(.init(keepsWholeTokens: keepsWholeTokens, cutsCharacters: false, byteTokens: byteTokens))),
            tokens: tokens.values, vocabularySize: identifiers.count, form: form, addedTokens: addedTokens)
    }

    /// The merges with the tokens that they work on.
    func list(_ options: MergeListOptions) -> MergeList {
        let ordered = tokens.sorted { $0.key < $1.key }
        return MergeList(
            pairs: PairTable(merges),
            tokens: TokenTable(tokens: ordered.map(\.value), numbers: ordered.map(\.key)), options: options)
    }
}

/// How the merges of a list are applied.
struct MergeListOptions: Sendable {
    /// Whether a pretoken that is a token is not cut at all.
    let keepsWholeTokens: Bool
    /// Whether the first symbols are characters rather than bytes.
    let cutsCharacters: Bool
    /// The identifiers of the tokens that single bytes are, or fall back to.
    let byteTokens: InlineArray<256, UInt32>
}

/// A list of merges with the vocabulary that it works on.
final class MergeList: Sendable {
    let pairs: PairTable
    let tokens: TokenTable
    let options: MergeListOptions

    init(pairs: PairTable, tokens: TokenTable, options: MergeListOptions) {
        self.pairs = pairs
        self.tokens = tokens
        self.options = options
    }

    /// The rules; only as long as the list lives.
    var rules: PairRules {
        PairRules(
            pairs: pairs.lookup, tokens: tokens.lookup, keepsWholeTokens: options.keepsWholeTokens,
            cutsCharacters: options.cutsCharacters, byteTokens: options.byteTokens)
    }
}

import UnicodeText

extension VocabularyCounter {
    /// Reads a vocabulary file and recognises its format by its content.
    ///
    /// Formats: tiktoken rank files, Hugging Face `tokenizer.json`, SentencePiece `.model`, Tekken JSON, GGUF, and
    /// GPT-2's `vocab.bpe` with its `encoder.json` next to it (or `merges.txt` with `vocab.json`).
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - pattern: The pattern that cuts text, for rank files that are not known by their digest; other files contain
    ///     it.
    ///   - name: A name for printing; by default that of a known file, else the file's own.
    /// - Throws: ``TokenCountingError`` naming the file, and the line where the format has lines, for anything that
    ///   would make a count wrong.
    public init(
        file path: String, pattern: PretokenPattern? = nil, name: String? = nil
    ) throws(TokenCountingError) {
        // A model's weights are neither read nor hashed: the digest of a GGUF file is that of its first bytes.
        let (head, isLong) = try FileBytes.read(path, limit: 1 << 20)
        if head.starts(with: GGUFReader.magic) {
            let model = try GGUFReader.read(path)
            let digest = isLong ? try Self.digest(ofGGUF: path) : SHA256.hexDigest(of: head)
            self.init(name: name ?? Self.name(of: path), sha256: digest, model: model)
            return
        }
        let bytes = isLong ? try FileBytes.read(path).bytes : head
        let digest = SHA256.hexDigest(of: bytes)
        let known = KnownVocabulary.named(by: digest)
        let model = try Self.model(bytes, path, digest, known, pattern)
        self.init(name: name ?? known?.name ?? Self.name(of: path), sha256: digest, model: model)
    }

    private static func model(
        _ bytes: [UInt8], _ path: String, _ digest: String, _ known: KnownVocabulary?, _ pattern: PretokenPattern?
    ) throws(TokenCountingError) -> ReadModel {
        guard let first = bytes.first(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) else {
            throw .unusableVocabulary(path: path, line: nil, reason: "the file is empty")
        }
        if first == UInt8(ascii: "{") {
            let (root, text) = try JSONText.read(bytes, path: path)
            if TekkenReader.recognises(root) { return .pretokens(try TekkenReader.read(root, text)) }
            if HuggingFaceReader.recognises(root) { return try HuggingFaceReader.read(root, text) }
            let second = GPT2Reader.companions.first { path.hasSuffix("/" + $0.value) || path == $0.value }
            if let (merges, vocabulary) = second {
                return try gpt2(merges: path.dropLast(vocabulary.count) + merges, vocabulary: path)
            }
            throw .unsupportedTokenizer(
                path: path, reason: "this JSON is neither a tokenizer.json nor a Tekken file nor GPT-2's encoder.json")
        }
        if known == nil, SentencePieceReader.recognises(bytes) {
            return .pieces(try SentencePieceReader.read(bytes, path: path))
        }
        if bytes.starts(with: "#version".utf8) {
            let companion = GPT2Reader.companions.first { path.hasSuffix("/" + $0.key) || path == $0.key }
            guard let (merges, vocabulary) = companion else {
                throw .unsupportedTokenizer(
                    path: path,
                    reason: "a list of merges is read as vocab.bpe or merges.txt, with its vocabulary next to it")
            }
            return try gpt2(merges: path, vocabulary: path.dropLast(merges.count) + vocabulary)
        }
        let (tokens, ranks) = try RankFileReader.read(bytes, path: path, allowsGaps: known != nil)
        guard let pattern = known?.pattern ?? pattern else {
            throw .unsupportedTokenizer(
                path: path,
                reason: "a rank file does not say how text is cut, and this one is none that is known by its digest: "
                    + "name its pattern, as in cl100k=\(path); there are "
                    + PretokenPattern.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return .pretokens(
            TokenizerModel(
                pattern: pattern, merging: .ranks(TokenTable(tokens: tokens, numbers: ranks)),
                tokens: tokens, vocabularySize: tokens.count, form: known?.composes == true ? .formC : nil))
    }

    private static func gpt2(
        merges: String, vocabulary: String
    ) throws(TokenCountingError) -> ReadModel {
        .pretokens(
            try GPT2Reader.read(
                merges: try FileBytes.read(merges).bytes, mergesPath: merges,
                vocabulary: try FileBytes.read(vocabulary).bytes, vocabularyPath: vocabulary))
    }

    private static func digest(ofGGUF path: String) throws(TokenCountingError) -> String {
        SHA256.hexDigest(of: try FileBytes.read(path, limit: 1 << 26).bytes)
    }

    /// The last component of a path, or the folder's name if the file's name is not specific.
    static func name(of path: String) -> String {
        let parts = path.split(separator: "/")
        guard let last = parts.last else { return path }
        let isPlain = VocabularyFiles.names.contains(String(last)) || ["encoder.json", "vocab.json"].contains(last)
        if VocabularyFiles.isVersionedModel(String(last)), let name = last.split(separator: ".").first,
            name != "tokenizer"
        {
            return String(name)
        }
        if isPlain, parts.count > 1 { return String(parts[parts.count - 2]) }
        for ending in [".tiktoken", ".model", ".json", ".gguf"]
        where last.hasSuffix(ending) && last.count > ending.count {
            return String(last.dropLast(ending.count))
        }
        return String(last)
    }
}

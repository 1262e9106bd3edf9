/// Reads GPT-2's two files: `vocab.bpe` (or `merges.txt`), a list of merges, and `encoder.json` (or `vocab.json`)
/// next to it, the tokens' numbers.
enum GPT2Reader {
    /// The names of the second file by the name of the first.
    ///
    /// Two of them are names in tiktoken's cache and in litellm's package.
    static let companions = [
        "vocab.bpe": "encoder.json", "merges.txt": "vocab.json",
        "4779b2e930340267a7fc4e655eede04103083ab3": "ea1c44433d0eb0d18777dc6b867a7e71cf9dc9ab",
    ]

    /// The model of the two files' bytes.
    static func read(
        merges: [UInt8], mergesPath: String, vocabulary: [UInt8], vocabularyPath: String
    ) throws(TokenCountingError) -> TokenizerModel {
        let (root, text) = try JSONText.read(vocabulary, path: vocabularyPath)
        guard let members = root.members else { throw text.fault("an object of tokens and their numbers is wanted") }
        var reader = MergeListReader(path: vocabularyPath)
        for (name, value) in members {
            guard let identifier = value.index else {
                throw text.fault("the number of \"\(String(decoding: name, as: UTF8.self))\" is none", at: value)
            }
            try reader.add(name, bytes: ByteAlphabet.decode(name), identifier: identifier) { text.fault($0, at: value) }
        }
        var line = 0
        for row in merges.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line += 1
            if row.isEmpty || (line == 1 && row.starts(with: "#version".utf8)) { continue }
            let number = line
            try reader.merge(line: row) { .unusableVocabulary(path: mergesPath, line: number, reason: $0) }
        }
        // Every token is a byte's, made by a merge, or special: any other means that the list of merges is cut off.
        let made = Set(reader.merges.map(\.merged))
        for (name, value) in members {
            let isSpecial = name.first == UInt8(ascii: "<") && name.last == UInt8(ascii: ">")
            guard let identifier = value.index, !made.contains(identifier), !isSpecial else { continue }
            if ByteAlphabet.decode(name)?.count == 1 { continue }
            throw .unusableVocabulary(
                path: mergesPath, line: line,
                reason: "no merge makes the token \"\(String(decoding: name, as: UTF8.self))\" of \(vocabularyPath): "
                    + "the file may be cut off")
        }
        return try reader.byteLevelModel(.r50k, keepsWholeTokens: false, form: nil, addedTokens: nil)
    }
}

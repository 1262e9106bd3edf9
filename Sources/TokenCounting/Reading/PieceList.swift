/// The pieces of a SentencePiece vocabulary, from any kind of file.
struct PieceList {
    /// The purpose of a piece (`ModelProto.SentencePiece.Type`).
    enum Kind: Int {
        case normal = 1, unknown, control, userDefined, unused, byte
    }

    /// The spelling of a space in pieces: U+2581.
    static let space: [UInt8] = [0xE2, 0x96, 0x81]

    /// The file, for errors.
    let path: String
    var pieces: [(bytes: [UInt8], score: Float, kind: Kind)] = []

    init(path: String) { self.path = path }

    private func fault(_ reason: String) -> TokenCountingError {
        .unusableVocabulary(path: path, line: nil, reason: reason)
    }

    /// Whether a character that is no piece becomes one token a byte: all 256 byte tokens must be there.
    func fallsBackToBytes() throws(TokenCountingError) -> Bool {
        let bytes = Set(pieces.filter { $0.kind == .byte }.map(\.bytes))
        guard !bytes.isEmpty else { return false }
        for byte in UInt8.min...UInt8.max where !bytes.contains(Self.byteName(byte)) {
            throw fault("the token \(String(decoding: Self.byteName(byte), as: UTF8.self)) is missing")
        }
        return true
    }

    /// The name of a byte's token, as `<0x0A>`.
    static func byteName(_ byte: UInt8) -> [UInt8] {
        let digits = String(byte, radix: 16, uppercase: true)
        return Array("<0x\(digits.count == 1 ? "0" : "")\(digits)>".utf8)
    }

    /// The pieces that text is cut into, checked.
    private func usable(unusedGo: Bool = false) throws(TokenCountingError) -> [(
        bytes: [UInt8], score: Float, kind: Kind
    )] {
        guard pieces.count > 1 else { throw fault("the vocabulary has \(pieces.count) pieces") }
        if !unusedGo, pieces.contains(where: { $0.kind == .unused }) {
            throw .unsupportedTokenizer(path: path, reason: "unused pieces are not supported where pieces merge")
        }
        let usable = pieces.filter { $0.kind == .normal || $0.kind == .userDefined }
        var seen: Set<[UInt8]> = []
        for piece in usable {
            let name = String(decoding: piece.bytes, as: UTF8.self)
            guard !piece.bytes.isEmpty else { throw fault("a piece is empty") }
            guard seen.insert(piece.bytes).inserted else { throw fault("the piece \"\(name)\" occurs there twice") }
            guard piece.score.isFinite else { throw fault("the piece \"\(name)\" has no finite score") }
        }
        return usable
    }

    /// The model of merging by score.
    func mergingModel(_ normalizer: PieceNormalizer) throws(TokenCountingError) -> PieceModel {
        let usable = try usable()
        let scores = Set(usable.map(\.score)).sorted(by: >)
        let ranks = Dictionary(uniqueKeysWithValues: scores.enumerated().map { ($1, UInt32($0)) })
        let table = TokenTable(tokens: usable.map(\.bytes), numbers: usable.map { ranks[$0.score] ?? 0 })
        // They are looked for where spaces are U+2581 already, which here are still spaces.
        // One that is spelled with a space is never found.
        let userDefined = usable.filter { $0.kind == .userDefined && !$0.bytes.contains(0x20) }.map(\.bytes)
        let findable = userDefined.map { Self.unescaped($0) }
        return PieceModel(
            merging: .scores(table, fallsBackToBytes: try fallsBackToBytes()), pieces: usable.lazy.map(\.bytes),
            normalizer: normalizer, userDefined: TokenFinder(findable.map { AddedToken(bytes: $0) }),
            userDefinedHasSpaces: findable != userDefined, vocabularySize: pieces.count)
    }

    /// A piece with spaces for U+2581.
    private static func unescaped(_ piece: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        var rest = piece[...]
        while let first = rest.first {
            let isSpace = rest.starts(with: space)
            text.append(isSpace ? 0x20 : first)
            rest = rest.dropFirst(isSpace ? 3 : 1)
        }
        return text
    }

    /// The model of the best path.
    func latticeModel(_ normalizer: PieceNormalizer) throws(TokenCountingError) -> PieceModel {
        let usable = try usable(unusedGo: true)
        let lattice = PieceLattice(
            pieces: usable.map { ($0.bytes, $0.score, $0.kind == .userDefined) },
            normalScores: usable.filter { $0.kind == .normal }.map(\.score), fallsBackToBytes: try fallsBackToBytes())
        return PieceModel(
            merging: .lattice(lattice), pieces: [], normalizer: normalizer, userDefined: TokenFinder([]),
            vocabularySize: pieces.count)
    }
}

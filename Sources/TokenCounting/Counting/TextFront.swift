import UnicodeText

/// The steps before a text is cut into pretokens: mending, normalisation, added tokens.
struct TextFront: ~Copyable {
    /// The form that text is normalised to, if there is no other change.
    private let composes: CanonicalComposition?
    private let addedTokens: AddedTokens?
    /// All changes to text, if there are more.
    private let normalizer: TextNormalizer?
    private var mended: [UInt8] = []
    private var composed: [UInt8] = []
    private var spare: [UInt8] = []
    private(set) var replacedSequences = 0

    /// A closure that gets a stretch of plain text, its length, and how many of its first bytes represent the text's
    /// first character.
    typealias Piece = (UnsafePointer<UInt8>, Int, Int) -> Void

    init(composes: CanonicalComposition?, addedTokens: AddedTokens?, normalizer: TextNormalizer? = nil) {
        self.composes = composes
        self.addedTokens = addedTokens
        self.normalizer = normalizer
    }

    /// Calls `piece` for each stretch of plain text and `token` for each added token between them.
    @inline(__always)
    mutating func forEachPiece(of bytes: UnsafePointer<UInt8>, _ length: Int, _ piece: Piece, token: () -> Void) {
        guard length > 0 else { return }
        let text = UnsafeBufferPointer(start: bytes, count: length)
        guard UTF8Check.firstFault(text) == nil else {
            replacedSequences += UTF8Check.mend(text, into: &mended)
            let mended = mended
            return mended.withUnsafeBufferPointer { text in
                guard let start = text.baseAddress else { return }
                forEachValidPiece(of: start, text.count, piece, token)
            }
        }
        forEachValidPiece(of: bytes, length, piece, token)
    }

    @inline(__always)
    private mutating func forEachValidPiece(
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ piece: Piece, _ token: () -> Void
    ) {
        guard let addedTokens else {
            return forEachNormalizedPiece(of: bytes, length, CharacterCut.length(bytes[0]), nil, piece, token)
        }
        addedTokens.raw.cut(bytes, length) { start, count in
            let origin = start == bytes ? CharacterCut.length(start[0]) : 0
            forEachNormalizedPiece(of: start, count, origin, addedTokens.normalized, piece, token)
        } token: {
            token()
        }
    }

    @inline(__always)
    private mutating func forEachNormalizedPiece(
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ origin: Int, _ tokens: TokenFinder?, _ piece: Piece,
        _ token: () -> Void
    ) {
        var origin = origin
        if let normalizer {
            composed.removeAll(keepingCapacity: true)
            composed.append(contentsOf: UnsafeBufferPointer(start: bytes, count: length))
            normalizer.apply(&composed, spare: &spare, origin: &origin)
        } else if let composes, composes.mayChange(UnsafeBufferPointer(start: bytes, count: length)) {
            composes.normalize(UnsafeBufferPointer(start: bytes, count: length), into: &composed)
            origin = 0
        } else {
            return Self.cut(bytes, length, origin, tokens, piece, token)
        }
        composed.withUnsafeBufferPointer { text in
            guard let start = text.baseAddress, !text.isEmpty else { return }
            Self.cut(start, text.count, origin, tokens, piece, token)
        }
    }

    @inline(__always)
    private static func cut(
        _ bytes: UnsafePointer<UInt8>, _ length: Int, _ origin: Int, _ tokens: TokenFinder?, _ piece: Piece,
        _ token: () -> Void
    ) {
        guard let tokens else { return piece(bytes, length, origin) }
        tokens.cut(bytes, length) { start, count in
            piece(start, count, max(0, origin - (start - bytes)))
        } token: {
            token()
        }
    }
}

/// What happens to a text before it is cut into pretokens: mending, normalisation, added tokens.
struct TextFront: ~Copyable {
    private let composes: Bool
    private let addedTokens: AddedTokens?
    private var mended: [UInt8] = []
    private var composed: [UInt8] = []
    private(set) var replacedSequences = 0

    init(composes: Bool, addedTokens: AddedTokens?) {
        self.composes = composes
        self.addedTokens = addedTokens
    }

    /// Calls `piece` for each stretch of plain text and `token` for each added token between them.
    @inline(__always)
    mutating func forEachPiece(
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ piece: (UnsafePointer<UInt8>, Int) -> Void,
        token: () -> Void
    ) {
        guard length > 0 else { return }
        guard UTF8Check.firstFault(bytes, length) == nil else {
            replacedSequences += UTF8Check.mend(bytes, length, into: &mended)
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
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ piece: (UnsafePointer<UInt8>, Int) -> Void,
        _ token: () -> Void
    ) {
        guard let addedTokens else { return forEachComposedPiece(of: bytes, length, nil, piece, token) }
        addedTokens.raw.cut(bytes, length) { start, count in
            forEachComposedPiece(of: start, count, addedTokens.normalized, piece, token)
        } token: {
            token()
        }
    }

    @inline(__always)
    private mutating func forEachComposedPiece(
        of bytes: UnsafePointer<UInt8>, _ length: Int, _ tokens: TokenFinder?,
        _ piece: (UnsafePointer<UInt8>, Int) -> Void, _ token: () -> Void
    ) {
        if composes, CanonicalComposition.shared.mayChange(bytes, length) {
            CanonicalComposition.shared.normalize(bytes, length, into: &composed)
            composed.withUnsafeBufferPointer { text in
                guard let start = text.baseAddress, !text.isEmpty else { return }
                if let tokens {
                    tokens.cut(start, text.count, piece: piece, token: token)
                } else {
                    piece(start, text.count)
                }
            }
        } else if let tokens {
            tokens.cut(bytes, length, piece: piece, token: token)
        } else {
            piece(bytes, length)
        }
    }
}

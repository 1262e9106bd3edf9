/// The documents of a flat file of token ids: separated by an id, or the whole file as one document.
///
/// The separating id belongs to the document that it ends; in a file that begins with it, to the document that it
/// starts. So every id counts, and both ways of writing a corpus give the same documents.
struct FlatTokenDocuments: TokenDocumentSource, ~Copyable {
    private let layout: TokenLayout
    private var window: TokenWindow
    private var startsDocuments: Bool?
    /// Ids that a header announces and that have not been read yet; `nil` without a header.
    private var announced: Int?

    init(_ stream: consuming ShardStream, layout: TokenLayout, windowBytes: Int = 1 << 20) throws(StreamFault) {
        self.layout = layout
        window = try TokenWindow(stream, byteCount: windowBytes)
    }

    var width: Int { layout.width.rawValue }
    var bytesRead: Int { window.offset }

    mutating func finish() throws(StreamFault) -> ShardEnd { try window.finish() }

    mutating func next() throws(StreamFault) -> TokenDocument? {
        if startsDocuments == nil {
            try passHeader()
            try window.fill(to: width)
            startsDocuments = layout.endOfDocument != nil && position(from: 0, ids: 1) == 0
        }
        let start = window.offset
        // The id that starts this document does not end it.
        var searched = startsDocuments == true && window.offset == start ? 1 : 0
        var digest: StreamDigest?
        while true {
            let ids = window.bytes.count / width
            if let found = position(from: searched, ids: ids) {
                let bytes = (startsDocuments == true ? found : found + 1) * width
                return document(from: start, bytes, digest.take())
            }
            if window.isAtEnd { return try last(from: start, ids: ids, digest.take()) }
            if ids * width + width > window.capacity {
                // A document as long as the window: the part that was searched goes into a digest.
                var running = digest.take() ?? StreamDigest()
                try window.pass(ids * width) { running.update($0) }
                digest = consume running
                searched = 0
            } else {
                searched = max(searched, ids)
            }
            try window.fill(to: window.capacity)
        }
    }

    /// Goes past the header of llm.c or NumPy, which is no token.
    private mutating func passHeader() throws(StreamFault) {
        try window.fill(to: min(TokenFileHeader.longest, window.capacity))
        guard let header = TokenFileHeader(window.bytes) else { return }
        guard header.width == layout.width else {
            startsDocuments = false
            let ids = header.width.map { "ids of \($0.rawValue) bytes" } ?? "no plain list of unsigned ids"
            throw StreamFault(
                kind: .badHeader,
                reason: "the header is \(header.format.rawValue)'s and announces \(ids), not ids of \(width) bytes")
        }
        try window.pass(header.bytes) { _ in }
        announced = header.ids
    }

    /// Throws once where the file ended before or after all ids that its header announced.
    private mutating func checkAnnounced() throws(StreamFault) {
        guard let left = announced.take(), left != 0 else { return }
        throw StreamFault(
            kind: .badHeader,
            reason: left > 0
                ? "the header announces \(left) more ids than the file has"
                : "the file has \(-left) more ids than its header announces")
    }

    /// The document that the end of the file ends.
    private mutating func last(
        from start: Int, ids: Int, _ digest: consuming StreamDigest?
    ) throws(StreamFault) -> TokenDocument? {
        let isNothing = ids == 0 && window.offset == start
        guard window.bytes.count == ids * width else {
            // If ids come before the odd bytes, they count first; the odd bytes are reported when the next document
            // starts with them.
            guard isNothing else { return document(from: start, ids * width, digest) }
            let odd = window.bytes.count
            window.consume(odd)
            throw StreamFault(
                kind: .truncatedToken, reason: "the file ends \(odd) bytes into an id of \(width) bytes")
        }
        guard isNothing else { return document(from: start, ids * width, digest) }
        try checkAnnounced()
        return nil
    }

    private mutating func document(from start: Int, _ bytes: Int, _ digest: consuming StreamDigest?) -> TokenDocument {
        let piece = UnsafeRawBufferPointer(rebasing: window.bytes[..<bytes])
        let fingerprint: Fingerprint
        if var running = digest.take() {
            running.update(piece)
            fingerprint = running.value()
        } else {
            fingerprint = Fingerprint(of: piece.bindMemory(to: UInt8.self))
        }
        window.consume(bytes)
        announced = announced.map { $0 - (window.offset - start) / width }
        return TokenDocument(fingerprint: fingerprint, bytes: window.offset - start, offset: start)
    }

    /// The index of the separating id among the ids in the window.
    private func position(from first: Int, ids: Int) -> Int? {
        guard let id = layout.endOfDocument else { return nil }
        let bytes = window.bytes
        // Ids are at any address, so they are loaded unaligned; all of them inside the window.
        switch layout.width {
        case .two:
            guard let id = UInt16(exactly: id) else { return nil }
            for index in stride(from: first, to: ids, by: 1)
            where UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)) == id {
                return index
            }
        case .four:
            for index in stride(from: first, to: ids, by: 1)
            where UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)) == id {
                return index
            }
        }
        return nil
    }
}

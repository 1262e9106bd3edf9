/// The documents of a Megatron shard, in the order of its index.
struct MegatronDocuments: TokenDocumentSource, ~Copyable {
    private var index: MegatronIndex
    private var window: TokenWindow
    private let binSize: Int
    private var isDone = false

    /// Opens a shard's ids and their index; throws where the index cannot be used.
    init(_ stream: consuming ShardStream, binSize: Int, index path: String) throws(StreamFault) {
        let index = try MegatronIndex(try PositionedFile(path: path))
        window = try TokenWindow(stream)
        self.index = index
        self.binSize = binSize
    }

    var width: Int { index.width }
    var bytesRead: Int { window.offset }

    mutating func finish() throws(StreamFault) -> ShardEnd { try window.finish() }

    mutating func next() throws(StreamFault) -> TokenDocument? {
        guard !isDone else { return nil }
        guard let sequences = try index.nextDocument(binSize: binSize) else {
            isDone = true
            if let rest = index.rest(binSize: binSize) {
                throw StreamFault(kind: .badIndex, reason: "the index \(rest)")
            }
            return nil
        }
        let bytes = sequences.reduce(0) { $0 + $1.bytes }
        guard let first = sequences.first else {
            return TokenDocument(
                fingerprint: Fingerprint(of: .init(start: nil, count: 0)), bytes: 0, offset: window.offset)
        }
        try window.pass(first.offset - window.offset) { _ in }
        let isOnePiece = zip(sequences, sequences.dropFirst()).allSatisfy { $0.offset + $0.bytes == $1.offset }
        if isOnePiece, bytes <= window.capacity {
            try window.fill(to: bytes)
            guard window.bytes.count >= bytes else {
                throw StreamFault(kind: .changedInput, reason: "the file ends before its ids do")
            }
            let fingerprint = Fingerprint(
                of: UnsafeBufferPointer(rebasing: window.bytes.bindMemory(to: UInt8.self)[..<bytes]))
            window.consume(bytes)
            return TokenDocument(fingerprint: fingerprint, bytes: bytes, offset: first.offset)
        }
        var digest = StreamDigest()
        for sequence in sequences {
            try window.pass(sequence.offset - window.offset) { _ in }
            try window.pass(sequence.bytes) { digest.update($0) }
        }
        return TokenDocument(fingerprint: digest.value(), bytes: bytes, offset: first.offset)
    }
}

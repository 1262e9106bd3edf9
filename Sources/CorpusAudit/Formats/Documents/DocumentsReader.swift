import OrderedJSON

/// Reads the documents that another program pushes, block by block: <doc:PushedDocuments>.
struct DocumentsReader: DocumentReader, ~Copyable {
    static let unit = DocumentUnit.records
    static let countsOnlyWhole = true

    private var stream: ShardStream
    /// Whether the documents come from another program now, rather than from a file that it wrote.
    private let isStream: Bool
    private let limit: Int
    /// The memory of the block.
    private var memory: OwnedBuffer
    private var block: DocumentsBlock?
    /// The next document of the block.
    private var row = 0
    private var hasStarted = false
    private var digest = StreamDigest()
    private var textBytes = 0
    private var last = Document()
    private var line = GrowingBuffer()
    private(set) var damage: [RecordDamage] = []
    private(set) var recordsRead = 0
    private(set) var bytesRead = 0

    init(_ opening: ShardOpening) throws(StreamFault) {
        let memory = try OwnedBuffer(byteCount: 1 << 20)
        stream = try opening.stream(.documents)
        self.memory = memory
        isStream = opening.shard.isStream
        limit = opening.maximumRecordBytes
    }

    /// A scan cannot resume within a stream.
    var offset: Int { 0 }
    var head: [UInt8] { DocumentsStream.signature }

    mutating func next() throws(StreamFault) -> DocumentRecord? {
        if !damage.isEmpty { damage.removeAll(keepingCapacity: true) }
        while row == block?.count ?? 0 {
            guard try readBlock() else { return nil }
        }
        return try record()
    }

    private mutating func record() throws(StreamFault) -> DocumentRecord {
        var found = DocumentRecord(index: recordsRead, offset: bytesRead)
        last = Document()
        guard let text = try block?.text(row) else { return found }
        withUnsafeBytes(of: UInt64(text.count).littleEndian) { digest.update($0) }
        digest.update(UnsafeRawBufferPointer(text))
        textBytes += text.count
        last.text = text
        last.source = try block?.source(row)
        if let score = block?.score(row) { last.score = .value(score) }
        row += 1
        recordsRead += 1
        guard text.count <= limit else {
            damage.append(.tooLong(at: bytesRead, limit: limit))
            return found
        }
        found.document = last
        return found
    }

    /// A text is in a block, whose place in the stream has no meaning for the program that pushed it.
    func place(ofText offset: Int) -> Int? { nil }

    /// The document as a line of JSON.
    mutating func rawRecord() throws(StreamFault) -> RawRecord? {
        var members = [JSONMember(key: "text", value: .string(String(decoding: last.text, as: UTF8.self)))]
        if let source = last.source {
            members.append(JSONMember(key: "source", value: .string(String(decoding: source, as: UTF8.self))))
        }
        if case .value(let score) = last.score { members.append(JSONMember(key: "quality", value: .number(score))) }
        line.removeAll()
        try Array(JSONValue.object(members).compactText.utf8).withUnsafeBufferPointer { bytes throws(StreamFault) in
            try line.append(UnsafeRawBufferPointer(bytes))
        }
        return RawRecord(bytes: line.bytes, suffix: "jsonl", isLine: true)
    }

    mutating func finish() throws(StreamFault) -> ShardEnd {
        guard isStream else { return try stream.finish() }
        return ShardEnd(identity: FileIdentity(streamOf: textBytes), digest: digest.value())
    }

    // MARK: Blocks

    /// Reads the next block; returns false after the end mark.
    private mutating func readBlock() throws(StreamFault) -> Bool {
        if !hasStarted {
            let start = try OwnedBuffer(byteCount: DocumentsStream.startLength)
            let count = try fill(start.bytes)
            try DocumentsStream.check(start: UnsafeRawBufferPointer(rebasing: start.bytes[..<count]))
            hasStarted = true
        }
        let bytes = try OwnedBuffer(byteCount: DocumentsStream.headerLength)
        guard try fill(bytes.bytes) == bytes.bytes.count else { throw .unfinished }
        let header = try DocumentsHeader(UnsafeRawBufferPointer(bytes.bytes))
        guard header.kind == .block else {
            try checkEnd(header)
            return false
        }
        guard header.length <= UInt64(max(limit, DocumentsStream.longestBody)) else {
            throw StreamFault(
                kind: .recordTooLong,
                reason: "a document has \(header.length) bytes, over the limit of \(limit); --max-record raises it")
        }
        let length = Int(header.length)
        block = nil
        row = 0
        if memory.bytes.count < length {
            guard MemoryHeadroom.isLeft(MemoryHeadroom.bytes + length) else { throw .outOfMemory }
            memory = try OwnedBuffer(byteCount: length)
        }
        let body = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[..<length])
        guard try fill(body) == length else { throw .unfinished }
        block = try DocumentsBlock(header, body: UnsafeRawBufferPointer(body))
        return true
    }

    private mutating func checkEnd(_ header: DocumentsHeader) throws(StreamFault) {
        guard header.length == UInt64(recordsRead), header.checksum == UInt64(textBytes) else {
            throw .contradiction(
                "the end mark counts \(header.length) documents of \(header.checksum) bytes, and \(recordsRead) of "
                    + "\(textBytes) bytes came")
        }
        // A pipe may stay open in other processes than its writer.
        guard !isStream else { return }
        let rest = try OwnedBuffer(byteCount: 1)
        guard try fill(rest.bytes) == 0 else { throw .contradiction("bytes follow the end mark") }
    }

    /// Reads until a buffer is full or the stream ends; returns how many bytes came.
    private mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(StreamFault) -> Int {
        var count = 0
        while count < buffer.count {
            let read = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            if read == 0 { break }
            count += read
        }
        bytesRead += count
        return count
    }
}

extension StreamFault {
    /// A stream whose writer ended before it was done.
    fileprivate static let unfinished = StreamFault(
        kind: .truncatedFrame,
        reason: "the stream ends without its end mark, so its writer did not finish; push the documents again")
}

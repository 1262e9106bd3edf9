/// A shard's decompressed bytes; the compression is known from the first bytes, not from the name.
struct ShardStream: ~Copyable {
    private var file: ByteSource
    /// What undoes the compression, or `nil` for a plain file.
    ///
    /// Asked once a window, so the existential costs nothing.
    private let decoder: (any FrameDecoder)?

    /// Whether what follows the last frame may be padding.
    private let mayHaveTail: Bool
    private var tailNote: ShardEnd.Note?

    private let inputBuffer: OwnedBuffer
    private var inputStart = 0
    private var inputEnd: Int
    private var isAtEnd: Bool

    private var input: UnsafeMutableRawBufferPointer { inputBuffer.bytes }

    /// Opens a shard and looks at its first bytes.
    ///
    /// `memory` bounds what a frame may ask for to be decoded; `name` is what the shard is called, where its path is that
    /// of a stream.
    init(
        path: String, name: String? = nil, content: ShardFormat.Content = .records, memory: Int = 2 << 30,
        progress: ScanProgress? = nil, stop: StopSignal? = nil
    ) throws(StreamFault) {
        try self.init(
            try ByteSource(path: path, progress: progress, stop: stop), name: name ?? path, content: content,
            memory: memory)
    }

    /// Looks at the first bytes of a shard.
    init(
        _ source: consuming ByteSource, name: String, content: ShardFormat.Content, memory: Int
    ) throws(StreamFault) {
        var file = source
        let buffer = try OwnedBuffer(byteCount: 256 << 10)
        var count = 0
        var isAtEnd = false
        while count < 4, !isAtEnd {
            let read = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[count...]))
            count += read
            isAtEnd = read == 0
        }
        let decoder = try Self.decoder(
            for: buffer.bytes[..<count], path: name, content: content, memory: memory)
        self.decoder = decoder
        mayHaveTail = decoder is GzipDecoder
        self.file = file
        inputBuffer = buffer
        inputEnd = count
        self.isAtEnd = isAtEnd
    }

    /// The decoder that the first bytes of a file ask for.
    private static func decoder(
        for head: Slice<UnsafeMutableRawBufferPointer>, path: String, content: ShardFormat.Content, memory: Int
    ) throws(StreamFault) -> (any FrameDecoder)? {
        if head.isEmpty { throw StreamFault(kind: .emptyFile, reason: "the file is empty") }
        if content == .tokens, promisedFormat(path) == nil { return nil }
        if isZstd(head) { return try ZstdDecoder(memory: memory) }
        if head.starts(with: GzipDecoder.magic) { return try GzipDecoder() }
        if let format = promisedFormat(path), content == .tokens || !couldBeText(head, content) {
            throw StreamFault(
                kind: .notCompressed, reason: "the name says \(format), but the file does not start as \(format) does")
        }
        return nil
    }

    /// Identity and digest of the file, reading on to its end if need be.
    mutating func finish() throws(StreamFault) -> ShardEnd {
        while try file.read(into: input) > 0 {}
        return ShardEnd(
            identity: try file.finalIdentity(), digest: file.digestValue(), notes: tailNote.map { [$0] } ?? [])
    }

    /// Reads decompressed bytes; 0 at the end.
    mutating func read(into output: UnsafeMutableRawBufferPointer) throws(StreamFault) -> Int {
        guard let decoder else { return try readPlain(into: output) }
        while true {
            // A little input may give much output.
            try file.checkMayGoOn()
            if inputStart == inputEnd, !isAtEnd {
                inputStart = 0
                inputEnd = try file.read(into: input)
                isAtEnd = inputEnd == 0
            }
            if inputStart == inputEnd, decoder.isBetweenFrames { return 0 }
            if mayHaveTail, decoder.isBetweenFrames, try skipTail() { return 0 }
            let step = try decoder.decode(pendingInput, into: output)
            inputStart += step.consumed
            if step.produced > 0 { return step.produced }
            if isAtEnd, step.consumed == 0, !decoder.isBetweenFrames { throw decoder.endFault }
        }
    }

    // MARK: In place

    /// What a step needs that decodes the shard behind the bytes before it, or `nil` where ``read(into:)`` is to be asked.
    mutating func stepNeeds() throws(StreamFault) -> ZstdDecoder.StepNeeds? {
        guard let zstd = decoder as? ZstdDecoder else { return nil }
        if zstd.isBetweenFrames { _ = try holdInput(ZstdDecoder.longestHeader) }
        return zstd.stepNeeds(pendingInput)
    }

    /// Decodes a step to memory behind the bytes before it, with the room that ``stepNeeds()`` asks for; 0 where it gives
    /// nothing, which is no end.
    mutating func readStep(to target: UnsafeMutableRawPointer) throws(StreamFault) -> Int {
        guard let zstd = decoder as? ZstdDecoder else { preconditionFailure("only zstd is decoded in place") }
        try file.checkMayGoOn()
        let wanted = zstd.stepInput
        guard wanted > 0 else {
            try zstd.endInPlace()
            return 0
        }
        let held = min(wanted, try holdInput(wanted))
        guard held > 0 else { throw zstd.endFault }
        let count = try zstd.step(UnsafeRawBufferPointer(rebasing: input[inputStart..<inputStart + held]), to: target)
        inputStart += held
        return count
    }

    private var pendingInput: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd])
    }

    /// Reads on until so many bytes of input are in the buffer, or the file ends; returns how many are.
    private mutating func holdInput(_ count: Int) throws(StreamFault) -> Int {
        if inputEnd - inputStart < count, !isAtEnd {
            precondition(count <= input.count, "a step takes a block at most")
            input.copyMemory(from: pendingInput)
            inputEnd -= inputStart
            inputStart = 0
            while inputEnd < count, !isAtEnd {
                let read = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: input[inputEnd...]))
                inputEnd += read
                isAtEnd = read == 0
            }
        }
        return inputEnd - inputStart
    }

    /// Reads all there is, unless that is longer than a limit; returns whether it is not.
    ///
    /// What was read is in `text` even where reading fails; a longer shard leaves nothing in it.
    mutating func read(all text: inout GrowingBuffer, limit: Int) throws(StreamFault) -> Bool {
        let buffer = try OwnedBuffer(byteCount: 256 << 10)
        while true {
            let count = try read(into: buffer.bytes)
            if count == 0 { return true }
            guard text.bytes.count + count <= limit else {
                text.removeAll()
                return false
            }
            try text.append(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]))
        }
    }

    /// Passes over what follows the last gzip member, if no further member starts here; returns whether it did.
    ///
    /// Throws where it may be a damaged member.
    private mutating func skipTail() throws(StreamFault) -> Bool {
        if inputEnd - inputStart == 1, !isAtEnd {
            input[0] = input[inputStart]
            let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: input[1...]))
            inputStart = 0
            inputEnd = 1 + count
            isAtEnd = count == 0
        }
        guard !input[inputStart..<inputEnd].starts(with: GzipDecoder.magic.prefix(inputEnd - inputStart)) else {
            return false
        }
        var tail = GzipTail()
        while inputStart < inputEnd {
            tail.add(UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd]))
            guard tail.isOpen else { break }
            inputStart = 0
            inputEnd = try file.read(into: input)
        }
        guard let note = tail.note else {
            throw StreamFault(kind: .corruptFrame, reason: "the gzip member cannot be decoded: incorrect header check")
        }
        tailNote = note
        isAtEnd = true
        return true
    }

    private mutating func readPlain(into output: UnsafeMutableRawBufferPointer) throws(StreamFault) -> Int {
        guard inputStart < inputEnd else { return isAtEnd ? 0 : try file.read(into: output) }
        let count = min(output.count, inputEnd - inputStart)
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[inputStart..<inputStart + count]))
        inputStart += count
        return count
    }

    /// A zstd frame, or a skippable one (RFC 8878, section 3.1.2).
    private static func isZstd(_ head: Slice<UnsafeMutableRawBufferPointer>) -> Bool {
        if head.starts(with: ZstdDecoder.magic) { return true }
        return head.count >= 4 && head[0] & 0xF0 == 0x50 && head.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
    }

    private static func promisedFormat(_ path: String) -> String? {
        if path.hasSuffix(".zst") || path.hasSuffix(".zstd") { return "zstd" }
        return path.hasSuffix(".gz") ? "gzip" : nil
    }

    private static func couldBeText(
        _ head: Slice<UnsafeMutableRawBufferPointer>, _ content: ShardFormat.Content
    ) -> Bool {
        // Text has no control characters but white space; what is left of a compressed file mostly has.
        if content == .text { return head.prefix(64).allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) } }
        let first = head.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        return first == nil || first == UInt8(ascii: "{") || head.starts(with: ByteOrderMark.bytes)
    }
}

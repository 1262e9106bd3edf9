#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The first bytes of a file, and those of its decompressed content.
struct FileHead {
    /// The first bytes after decompression; the file's own if it is not compressed.
    var content: [UInt8]
    /// Whether zstd or gzip compresses the file.
    var isCompressed = false
    /// Whether the compression could not be undone, so that ``content`` is empty.
    var isDamaged = false
    /// The size of the file.
    var fileSize: Int

    /// How many bytes are looked at.
    static let length = 4_096
}

/// Reads the heads of files one after the other, in its own memory.
final class FileHeadReader {
    /// A zstd block takes up to 128 KiB, and gives nothing before it is whole.
    private let input: OwnedBuffer
    private let output: OwnedBuffer

    /// The window that a zstd frame may ask for to be looked into; larger ones are left to the scan.
    private static let decoderMemory = 128 << 20

    /// Throws ``StreamFault/outOfMemory``.
    init() throws(StreamFault) {
        input = try OwnedBuffer(byteCount: 160 << 10)
        output = try OwnedBuffer(byteCount: FileHead.length)
    }

    /// Reads the head of a regular file.
    ///
    /// `looksInside` says whether compression is undone where the bytes show it: token ids may start with any bytes.
    ///
    /// - Throws: ``StreamFault`` where the file cannot be opened or read, and where memory runs out.
    func head(of path: String, looksInside: Bool = true) throws(StreamFault) -> FileHead {
        // Never waits: should a pipe have taken the file's place, opening and reading return at once.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw Self.fault("opened") }
        defer { close(descriptor) }
        let size = FileIdentity(descriptor: descriptor)?.bytes ?? 0
        let count = try read(descriptor, upTo: FileHead.length, into: 0, from: 0)
        func plain() -> FileHead {
            FileHead(content: Array(input.bytes[..<min(count, FileHead.length)]), fileSize: size)
        }
        guard looksInside, let compression = Compression(input.bytes[..<count]) else { return plain() }
        var head = FileHead(content: [], isCompressed: true, fileSize: size)
        do throws(StreamFault) {
            head.content = try decompress(descriptor, count, compression)
        } catch {
            if error.kind == .outOfMemory { throw error }
            head.isDamaged = true
        }
        return head
    }

    private enum Compression {
        case zstd
        case gzip

        init?(_ head: Slice<UnsafeMutableRawBufferPointer>) {
            if head.starts(with: GzipDecoder.magic) {
                self = .gzip
            } else if head.starts(with: ZstdDecoder.magic)
                || head.count >= 4 && head[0] & 0xF0 == 0x50 && head.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
            {
                self = .zstd
            } else {
                return nil
            }
        }
    }

    /// Decompresses a file until it gives bytes.
    ///
    /// Parts that give none, such as skippable frames, may be long. `count` bytes of the file are in ``input`` already.
    /// Throws the decoder's errors, and its end fault if the file ends inside a frame before it gave anything: such a file
    /// is damaged, not empty.
    private func decompress(
        _ descriptor: Int32, _ count: Int, _ compression: Compression
    ) throws(StreamFault) -> [UInt8] {
        let decoder: any FrameDecoder =
            switch compression {
            case .zstd: try ZstdDecoder(memory: Self.decoderMemory)
            case .gzip: try GzipDecoder()
            }
        var pending = 0..<count
        var offset = count
        var produced = 0
        while produced < output.bytes.count {
            let step = try decoder.decode(
                UnsafeRawBufferPointer(rebasing: input.bytes[pending]),
                into: UnsafeMutableRawBufferPointer(rebasing: output.bytes[produced...]))
            pending = pending.lowerBound + step.consumed..<pending.upperBound
            produced += step.produced
            if step.consumed > 0 || step.produced > 0 { continue }
            guard produced == 0 else { break }
            input.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: input.bytes[pending]))
            // 64 KiB hold most first blocks. Reading more of many shards would add up on a remote file system.
            let more = try read(
                descriptor, upTo: min(3 * offset, input.bytes.count - pending.count), into: pending.count, from: offset)
            pending = 0..<pending.count + more
            offset += more
            guard more == 0 else { continue }
            guard decoder.isBetweenFrames else { throw decoder.endFault }
            break
        }
        return Array(output.bytes[..<produced])
    }

    /// Reads bytes of the file from an offset into ``input`` at a place; fewer than asked for at its end.
    private func read(
        _ descriptor: Int32, upTo count: Int, into place: Int, from offset: Int
    ) throws(StreamFault) -> Int {
        var done = 0
        while done < count {
            let step = pread(
                descriptor, input.bytes.baseAddress.map { $0 + place + done }, count - done, off_t(offset + done))
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { throw Self.fault("read") }
            if step == 0 { break }
            done += step
        }
        return done
    }

    private static func fault(_ verb: String) -> StreamFault {
        StreamFault(kind: .unreadableInput, reason: "cannot be \(verb): \(String(cString: strerror(errno)))")
    }
}

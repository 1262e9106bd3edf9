import CDataWallZlib

/// Undoes gzip, member after member.
final class GzipDecoder: FrameDecoder {
    // Owned: zlib keeps a pointer to its stream, so the stream has an address of its own. Made in `init`, freed in
    // `deinit`, never handed out.
    private let stream: UnsafeMutablePointer<z_stream>
    private var memberBytes = 0
    /// Damage behind bytes that were handed out.
    private var fault: StreamFault?

    static let magic: [UInt8] = [0x1F, 0x8B]

    /// Throws ``StreamFault/outOfMemory``.
    init() throws(StreamFault) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // With the arguments it gets, this fails only for want of memory. A class whose `init` throws after all its
        // properties are set runs `deinit`, which frees the stream.
        guard datawall_inflate_init_gzip(stream) == Z_OK else { throw .outOfMemory }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isBetweenFrames: Bool { memberBytes == 0 }

    var endFault: StreamFault {
        memberBytes < 10
            ? StreamFault(kind: .corruptFrame, reason: "the last \(memberBytes) bytes start no gzip member")
            : StreamFault(kind: .truncatedFrame, reason: "the gzip member is cut off: the file ends inside it")
    }

    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> (consumed: Int, produced: Int) {
        if let fault { throw fault }
        // zlib reads through a pointer that is not const but does not write there.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self))
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = UInt32(clamping: output.count)
        let outputCount = Int(stream.pointee.avail_out)
        let result = inflate(stream, Z_NO_FLUSH)
        let consumed = input.count - Int(stream.pointee.avail_in)
        let produced = outputCount - Int(stream.pointee.avail_out)
        memberBytes += consumed
        switch result {
        case Z_STREAM_END:
            memberBytes = 0
            inflateReset(stream)
        case Z_OK, Z_BUF_ERROR:
            break
        case Z_MEM_ERROR:
            throw .outOfMemory
        default:
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "code \(result)"
            let found = StreamFault(kind: .corruptFrame, reason: "the gzip member cannot be decoded: \(reason)")
            guard produced > 0 else { throw found }
            fault = found
        }
        return (consumed, produced)
    }
}

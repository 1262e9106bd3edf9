import CDataWallZstd

/// Undoes zstd, frame after frame.
final class ZstdDecoder: FrameDecoder {
    // Owned: made in `init`, freed in `deinit`, never handed out.
    private let context: OpaquePointer
    /// Bytes of the current frame consumed so far; 0 between frames.
    private var frameBytes = 0
    /// What the current frame has given so far.
    private var producedBytes = 0
    /// The frame's first bytes, as many as a frame header has at most (RFC 8878, section 3.1.1.1).
    private var header: [UInt8] = []
    private static let longestHeader = 18

    /// The window a frame may ask for, as a power of two.
    private let windowLog: Int32

    /// Eight megabytes, what every decoder is to support (RFC 8878, section 3.1.1.1.2), to zstd's own limit on 64-bit
    /// machines, `--long=31`.
    private static let windowLogs: ClosedRange<Int32> = 23...31

    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// Makes a decoder for frames whose window fits some memory, or is of the size that every decoder supports.
    ///
    /// Throws ``StreamFault/outOfMemory``.
    init(memory: Int) throws(StreamFault) {
        windowLog = min(
            max(Int32(Int.bitWidth - 1 - max(1, memory).leadingZeroBitCount), Self.windowLogs.lowerBound),
            Self.windowLogs.upperBound)
        guard let context = ZSTD_createDCtx() else { throw .outOfMemory }
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
    }

    deinit { ZSTD_freeDCtx(context) }

    var isBetweenFrames: Bool { frameBytes == 0 }

    var endFault: StreamFault {
        startsFrame
            ? StreamFault(kind: .truncatedFrame, reason: "the zstd frame is cut off: the file ends inside it")
            : StreamFault(kind: .corruptFrame, reason: "the last \(frameBytes) bytes start no zstd frame")
    }

    /// Whether what was read of a frame may start one, or a skippable one; libzstd says so from four bytes on.
    private var startsFrame: Bool {
        guard frameBytes < Self.magic.count, let first = header.first else { return true }
        return header.elementsEqual(Self.magic[..<header.count])
            || first & 0xF0 == 0x50 && header.dropFirst().elementsEqual([0x2A, 0x4D, 0x18][..<(header.count - 1)])
    }

    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> (consumed: Int, produced: Int) {
        var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        guard ZSTD_isError(result) == 0 else {
            let name = String(cString: ZSTD_getErrorName(result))
            let code = ZSTD_getErrorCode(result)
            if code == ZSTD_error_memory_allocation { throw .outOfMemory }
            if code == ZSTD_error_frameParameter_windowTooLarge {
                throw windowFault(header + input.prefix(Self.longestHeader))
            }
            throw StreamFault(kind: .corruptFrame, reason: "the zstd frame cannot be decoded: \(name)")
        }
        if header.count < Self.longestHeader {
            header += input[..<min(source.pos, Self.longestHeader - header.count)]
        }
        producedBytes += target.pos
        frameBytes += source.pos
        if result == 0 { try endFrame() }
        return (source.pos, target.pos)
    }

    /// Says how large a window the frame needs that starts with some bytes, and with what memory it can be read.
    private func windowFault(_ frame: [UInt8]) -> StreamFault {
        let limit = 1 << (Int(windowLog) - 20)
        var window = ZSTD_getFrameContentSize(frame, frame.count)
        if frame.count > 5, frame[4] & 0x20 == 0 {
            // The window is written as a power of two and eighths of it.
            let base: UInt64 = 1 << (10 + UInt64(frame[5] >> 3))
            window = base + base / 8 * UInt64(frame[5] & 7)
        }
        let largest = 1 << (Int(Self.windowLogs.upperBound) - 20)
        guard window <= UInt64(largest) << 20 else {
            return StreamFault(
                kind: .windowTooLarge,
                reason: "the zstd frame needs a window above \(largest) MiB, the most that any decoder reads: compress "
                    + "the file again without --ultra or --long")
        }
        // The limit is a power of two.
        var needed = limit
        while UInt64(needed) << 20 < window { needed *= 2 }
        return StreamFault(
            kind: .windowTooLarge,
            reason: "the zstd frame needs a window of \((window + (1 << 20 - 1)) >> 20) MiB, above the limit of "
                + "\(limit) MiB; give --memory \(needed)MiB or more")
    }

    /// Holds what a frame gave against what its header promised.
    ///
    /// libzstd does so only for frames it decodes in one piece: whether it is one depends on where reads end.
    private func endFrame() throws(StreamFault) {
        let promised = ZSTD_getFrameContentSize(header, header.count)
        let (given, hadFrame) = (producedBytes, frameBytes > 0)
        header.removeAll(keepingCapacity: true)
        producedBytes = 0
        frameBytes = 0
        // The two highest numbers represent a frame that promises nothing, and for no frame; skippable ones promise 0.
        if hadFrame, promised < UInt64.max - 1, promised != UInt64(given) {
            throw StreamFault(
                kind: .corruptFrame, reason: "the zstd frame promises \(promised) bytes and holds \(given)")
        }
    }
}

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
    static let longestHeader = 18

    /// The window a frame may ask for, as a power of two.
    private let windowLog: Int32

    /// Eight megabytes, what every decoder is to support (RFC 8878, section 3.1.1.1.2), to zstd's own limit on 64-bit
    /// machines, `--long=31`.
    private static let windowLogs: ClosedRange<Int32> = 23...31

    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// The window of the frame in hand, where it is decoded in place; 0 where it is not.
    private var window = 0

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
        // A frame's first byte comes alone. Else libzstd decodes a frame that is in one piece in another way, which refuses
        // blocks that this one takes, so that what a frame gives would depend on where reads end.
        var source = ZSTD_inBuffer(
            src: input.baseAddress, size: isBetweenFrames ? min(1, input.count) : input.count, pos: 0)
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = ZSTD_decompressStream(context, &target, &source)
        guard ZSTD_isError(result) == 0 else { throw fault(result, in: input) }
        take(input[..<source.pos], producing: target.pos)
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

    private func fault(_ result: Int, in input: UnsafeRawBufferPointer) -> StreamFault {
        let code = ZSTD_getErrorCode(result)
        if code == ZSTD_error_memory_allocation { return .outOfMemory }
        if code == ZSTD_error_frameParameter_windowTooLarge {
            return windowFault(header + input.prefix(Self.longestHeader))
        }
        return corrupt(code)
    }

    private func corrupt(_ code: ZSTD_ErrorCode) -> StreamFault {
        if code == ZSTD_error_dictionary_wrong {
            return StreamFault(
                kind: .corruptFrame,
                reason: "the zstd frame needs a dictionary, which is not read: compress the file again without one")
        }
        let name = String(cString: ZSTD_getErrorString(code))
        return StreamFault(kind: .corruptFrame, reason: "the zstd frame cannot be decoded: \(name)")
    }

    private func take(_ input: Slice<UnsafeRawBufferPointer>, producing bytes: Int) {
        if header.count < Self.longestHeader { header += input.prefix(Self.longestHeader - header.count) }
        producedBytes += bytes
        frameBytes += input.count
    }

    // MARK: In place

    /// What a step needs that decodes behind the bytes before it rather than into a buffer of the decoder's own.
    struct StepNeeds {
        /// Bytes that must be free behind those that have been decoded.
        static let room = Int(DATAWALL_ZSTD_ROOM)
        /// How many of the last bytes decoded must be kept as they are, in at most two pieces of memory.
        var history: Int
        /// The history that later steps of the frame may need.
        var window: Int
    }

    /// What the next step needs, or `nil` where the frame in hand is not decoded in place.
    ///
    /// Between frames it depends on the next one's first bytes, of which as many as a header has are given unless the
    /// file ends: a frame of another kind, or one with a fault in its header, is left to ``decode(_:into:)``.
    func stepNeeds(_ input: UnsafeRawBufferPointer) -> StepNeeds? {
        if isBetweenFrames, window == 0 {
            let asked = datawall_zstd_window(input.baseAddress, input.count)
            guard asked > 0, asked <= 1 << UInt64(windowLog), ZSTD_isError(datawall_zstd_begin(context)) == 0 else {
                return nil
            }
            window = Int(asked)
        }
        return window == 0 ? nil : StepNeeds(history: min(window, producedBytes), window: window)
    }

    /// How many bytes of input the next step takes, while a frame is decoded in place; 0 once it has ended.
    var stepInput: Int { datawall_zstd_next(context) }

    /// Decodes a step behind the bytes before it.
    ///
    /// `target` has ``StepNeeds/room`` bytes. `input` is as long as ``stepInput`` asks, unless the file ends: a block that
    /// is not compressed gives what there is of it, and any other step throws.
    func step(_ input: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) throws(StreamFault) -> Int {
        let result = datawall_zstd_step(context, target, StepNeeds.room, input.baseAddress, input.count)
        guard ZSTD_isError(result) == 0 else {
            let code = ZSTD_getErrorCode(result)
            if code == ZSTD_error_srcSize_wrong { throw endFault }
            // A block that says it has more bytes than blocks may have: what libzstd calls so in a frame that it streams.
            throw code == ZSTD_error_dstSize_tooSmall
                ? corrupt(ZSTD_error_corruption_detected) : fault(result, in: input)
        }
        take(input[...], producing: result)
        return result
    }

    /// Ends a frame that was decoded in place.
    func endInPlace() throws(StreamFault) {
        window = 0
        ZSTD_DCtx_reset(context, ZSTD_reset_session_only)
        try endFrame()
    }

    // MARK: Ends

    /// Holds what a frame gave against what its header promised.
    ///
    /// libzstd does so only for frames it decodes in one piece: whether it is one depends on where reads end.
    private func endFrame() throws(StreamFault) {
        let promised = ZSTD_getFrameContentSize(header, header.count)
        let (given, hadFrame) = (producedBytes, frameBytes > 0)
        header.removeAll(keepingCapacity: true)
        producedBytes = 0
        frameBytes = 0
        // The two highest numbers mean a frame that promises nothing, and no frame; skippable ones promise 0.
        if hadFrame, promised < UInt64.max - 1, promised != UInt64(given) {
            throw StreamFault(
                kind: .corruptFrame, reason: "the zstd frame promises \(promised) bytes and holds \(given)")
        }
    }
}

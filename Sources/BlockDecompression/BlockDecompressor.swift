import CDataWallLZ4
import CDataWallSnappy
import CDataWallZlib
import CDataWallZstd

/// Decompresses blocks whose size is known: from memory to memory, one call each.
///
/// ```swift
/// var decompressor = BlockDecompressor()
/// try decompressor.decompress(block, as: .zstd, into: page)
/// ```
///
/// It keeps the codecs' working memory from one block to the next. Threads need one each.
public struct BlockDecompressor: ~Copyable {
    // Owned: made when first needed, freed in `deinit`, never handed out. zlib keeps a pointer to its stream, so the stream
    // has an address of its own.
    private var zstd: OpaquePointer?
    private var zlib: UnsafeMutablePointer<z_stream>?

    /// Makes a decompressor; it allocates nothing yet.
    public init() {}

    deinit {
        ZSTD_freeDCtx(zstd)
        if let zlib {
            inflateEnd(zlib)
            zlib.deallocate()
        }
    }

    /// Decompresses a block that fills the output exactly.
    ///
    /// - Parameters:
    ///   - input: The whole block, and nothing else.
    ///   - codec: The codec of the block.
    ///   - output: A buffer of exactly the size of the decompressed block; its content is undefined after an error.
    /// - Throws: ``BlockFault``, also if the decompressed block is smaller or larger than the output.
    public mutating func decompress(
        _ input: UnsafeRawBufferPointer, as codec: BlockCodec, into output: UnsafeMutableRawBufferPointer
    ) throws(BlockFault) {
        // The libraries want addresses, also of nothing; a byte that nobody reads or writes has one.
        var nothing: UInt8 = 0
        try withUnsafeMutableBytes(of: &nothing) { (spare) throws(BlockFault) in
            guard let spare = spare.baseAddress else { return }
            let source = UnsafeRawBufferPointer(start: input.baseAddress ?? UnsafeRawPointer(spare), count: input.count)
            let target = UnsafeMutableRawBufferPointer(start: output.baseAddress ?? spare, count: output.count)
            switch codec {
            case .snappy: try Self.snappy(source, target)
            case .gzip: try gzip(source, target)
            case .zstd: try zstd(source, target)
            case .lz4: try Self.lz4(source, target)
            }
        }
    }

    /// The sum of RFC 1952, section 8, that gzip and Parquet's pages carry.
    ///
    /// - Complexity: O(*n*).
    public static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let start = bytes.baseAddress?.assumingMemoryBound(to: Bytef.self)
        return UInt32(truncatingIfNeeded: crc32_z(0, start, bytes.count))
    }

    // MARK: Codecs

    private static func snappy(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) throws(BlockFault) {
        let source = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var size = 0
        guard snappy_uncompressed_length(source, input.count, &size) == SNAPPY_OK else {
            throw .damaged(reason: "the snappy block does not begin with its length")
        }
        try check(size, is: output.count, "snappy block")
        let target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard snappy_uncompress(source, input.count, target, &size) == SNAPPY_OK else {
            throw .damaged(reason: "the snappy block cannot be decoded")
        }
    }

    private static func lz4(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) throws(BlockFault) {
        guard let inputCount = Int32(exactly: input.count), let outputCount = Int32(exactly: output.count) else {
            throw .damaged(reason: "an LZ4 block cannot be over 2 GiB")
        }
        let size = LZ4_decompress_safe(
            input.baseAddress?.assumingMemoryBound(to: CChar.self),
            output.baseAddress?.assumingMemoryBound(to: CChar.self), inputCount, outputCount)
        // It stops at the end of the output with an error, so that a block with more bytes is refused here too.
        guard size >= 0 else { throw .damaged(reason: "the LZ4 block cannot be decoded") }
        try check(Int(size), is: output.count, "LZ4 block")
    }

    private mutating func zstd(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) throws(BlockFault) {
        if zstd == nil { zstd = ZSTD_createDCtx() }
        guard let zstd else { throw .outOfMemory }
        let size = ZSTD_decompressDCtx(zstd, output.baseAddress, output.count, input.baseAddress, input.count)
        guard ZSTD_isError(size) == 0 else {
            if ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation { throw .outOfMemory }
            throw .damaged(reason: "the zstd block cannot be decoded: \(String(cString: ZSTD_getErrorName(size)))")
        }
        try Self.check(size, is: output.count, "zstd block")
    }

    private mutating func gzip(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) throws(BlockFault) {
        let stream = try gzipStream()
        guard inflateReset(stream) == Z_OK else { throw .outOfMemory }
        // zlib counts in 32 bits; blocks that are larger go through in pieces.
        var (consumed, produced) = (0, 0)
        while true {
            let (inputCount, outputCount) = (
                min(input.count - consumed, Int(Int32.max)), min(output.count - produced, Int(Int32.max))
            )
            // zlib reads through a pointer that is not const but does not write there.
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress?.advanced(by: consumed).assumingMemoryBound(to: Bytef.self))
            stream.pointee.avail_in = UInt32(inputCount)
            stream.pointee.next_out = output.baseAddress?.advanced(by: produced).assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = UInt32(outputCount)
            let result = inflate(stream, Z_NO_FLUSH)
            let step = (inputCount - Int(stream.pointee.avail_in), outputCount - Int(stream.pointee.avail_out))
            consumed += step.0
            produced += step.1
            switch result {
            case Z_STREAM_END:
                guard consumed < input.count else {
                    return try Self.check(produced, is: output.count, "gzip block")
                }
                inflateReset(stream)
            case Z_MEM_ERROR:
                throw .outOfMemory
            case Z_OK where step != (0, 0):
                continue
            case Z_OK, Z_BUF_ERROR:
                throw .damaged(
                    reason: consumed == input.count
                        ? "the gzip block is cut off" : "the gzip block holds more than \(output.count) bytes")
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "code \(result)"
                throw .damaged(reason: "the gzip block cannot be decoded: \(reason)")
            }
        }
    }

    private mutating func gzipStream() throws(BlockFault) -> UnsafeMutablePointer<z_stream> {
        if let zlib { return zlib }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // With the arguments it gets, this fails only for want of memory.
        guard datawall_inflate_init_gzip(stream) == Z_OK else {
            stream.deallocate()
            throw .outOfMemory
        }
        zlib = stream
        return stream
    }

    private static func check(_ size: Int, is expected: Int, _ block: String) throws(BlockFault) {
        guard size == expected else {
            throw .damaged(reason: "the \(block) holds \(size) bytes where \(expected) are expected")
        }
    }
}

import CDataWallZstd

/// Compresses blocks, each into a whole zstd frame with its size and a checksum.
final class ZstdEncoder {
    // Owned: made in `init`, freed in `deinit`, never passed on.
    private let context: OpaquePointer

    /// Zstd's own default.
    private static let level: Int32 = 3

    init() {
        guard let context = ZSTD_createCCtx() else { preconditionFailure("out of memory") }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// The frame of a block: the same bytes for the same block and library.
    func frame(_ block: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(block.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            let size = block.withUnsafeBytes { source in
                ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
            }
            precondition(ZSTD_isError(size) == 0, "a buffer of the compressor's own bound is large enough")
            count = size
        }
    }
}

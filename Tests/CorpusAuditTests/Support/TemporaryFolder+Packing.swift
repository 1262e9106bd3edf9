import CDataWallZlib
import CDataWallZstd
// What several test targets share, for every file of this one.
@_exported import TestSupport

extension TemporaryFolder {
    /// Packs bytes into one zstd frame with a checksum.
    static func zstd(_ bytes: [UInt8], level: Int32 = 3, checksum: Bool = true) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0)
        var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress2(context, &packed, packed.count, bytes, bytes.count)
        precondition(ZSTD_isError(count) == 0, "zstd packs what a test gives it")
        return Array(packed.prefix(count))
    }

    /// Packs bytes into one gzip member.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 32)
        var input = bytes
        let capacity = packed.count
        let left = input.withUnsafeMutableBufferPointer { source in
            packed.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                let result = deflate(&stream, Z_FINISH)
                precondition(result == Z_STREAM_END, "zlib packs what a test gives it")
                return Int(stream.avail_out)
            }
        }
        deflateEnd(&stream)
        return Array(packed.prefix(capacity - left))
    }
}

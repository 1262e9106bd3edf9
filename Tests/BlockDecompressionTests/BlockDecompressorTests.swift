import CDataWallLZ4
import CDataWallSnappy
import CDataWallZstd
import Testing

@testable import BlockDecompression

@Suite struct BlockDecompressorTests {
    private static let text = [UInt8]([[UInt8]](repeating: Array("wall ".utf8), count: 20).joined())
    /// Python's `gzip.compress(b"wall " * 20, mtime=0)`.
    private static let gzip: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 43, 79, 204, 201, 81, 40, 167, 45, 1, 0, 32, 169, 197, 245, 100, 0, 0, 0,
    ]
    /// Python's `gzip.compress(b"data", mtime=0)`.
    private static let secondMember: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 73, 44, 73, 4, 0, 99, 243, 243, 173, 4, 0, 0, 0,
    ]

    /// The text as the codec's own library compresses it.
    private static func compressed(_ codec: BlockCodec, _ bytes: [UInt8] = text) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 1000)
        switch codec {
        case .gzip: return gzip
        case .zstd: output.removeLast(1000 - ZSTD_compress(&output, 1000, bytes, bytes.count, 3))
        case .snappy:
            var size = 1000
            bytes.withUnsafeBytes { input in
                output.withUnsafeMutableBytes { target in
                    _ = snappy_compress(
                        input.assumingMemoryBound(to: CChar.self).baseAddress, input.count,
                        target.assumingMemoryBound(to: CChar.self).baseAddress, &size)
                }
            }
            output.removeLast(1000 - size)
        case .lz4:
            let size = bytes.withUnsafeBytes { input in
                output.withUnsafeMutableBytes { target in
                    LZ4_compress_default(
                        input.assumingMemoryBound(to: CChar.self).baseAddress,
                        target.assumingMemoryBound(to: CChar.self).baseAddress, Int32(input.count), 1000)
                }
            }
            output.removeLast(1000 - Int(size))
        }
        return output
    }

    private func decompressed(_ block: [UInt8], _ codec: BlockCodec, size: Int) throws -> [UInt8] {
        var decompressor = BlockDecompressor()
        return try Self.decompress(block, codec, size: size, &decompressor)
    }

    private static func decompress(
        _ block: [UInt8], _ codec: BlockCodec, size: Int, _ decompressor: inout BlockDecompressor
    ) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: size)
        try block.withUnsafeBytes { input in
            try output.withUnsafeMutableBytes { try decompressor.decompress(input, as: codec, into: $0) }
        }
        return output
    }

    @Test("a block comes out as it went in, from one decompressor block after block")
    func roundTrip() throws {
        var decompressor = BlockDecompressor()
        for _ in 0..<3 {
            for codec in BlockCodec.allCases {
                #expect(
                    try Self.decompress(Self.compressed(codec), codec, size: 100, &decompressor) == Self.text,
                    "\(codec)")
            }
        }
    }

    @Test("a block with more or fewer bytes than expected is refused", arguments: BlockCodec.allCases)
    func sizes(codec: BlockCodec) {
        for size in [0, 1, 99, 101, 1000] {
            #expect(throws: BlockFault.self, "\(size)") {
                _ = try decompressed(Self.compressed(codec), codec, size: size)
            }
        }
    }

    @Test("a block that is cut off anywhere is refused", arguments: BlockCodec.allCases)
    func cut(codec: BlockCodec) {
        let block = Self.compressed(codec)
        for count in 0..<block.count {
            #expect(throws: BlockFault.self, "\(count)") {
                _ = try decompressed(Array(block[..<count]), codec, size: 100)
            }
        }
    }

    @Test("several gzip members and several zstd frames are one block")
    func members() throws {
        let both = try decompressed(Self.gzip + Self.secondMember, .gzip, size: 104)
        #expect(both == Self.text + Array("data".utf8))
        let frame = Self.compressed(.zstd)
        #expect(try decompressed(frame + frame, .zstd, size: 200) == Self.text + Self.text)
        #expect(throws: BlockFault.self) { _ = try decompressed(Self.gzip + [1, 2, 3], .gzip, size: 100) }
    }

    @Test("damage does not spoil the blocks after it")
    func afterDamage() throws {
        var decompressor = BlockDecompressor()
        for codec in BlockCodec.allCases {
            #expect(throws: BlockFault.self) {
                _ = try Self.decompress([7, 7, 7, 7, 7, 7, 7], codec, size: 100, &decompressor)
            }
            #expect(try Self.decompress(Self.compressed(codec), codec, size: 100, &decompressor) == Self.text)
        }
    }

    @Test("a block of nothing is one")
    func nothing() throws {
        for codec in [BlockCodec.snappy, .zstd, .lz4] {
            #expect(try decompressed(Self.compressed(codec, []), codec, size: 0).isEmpty, "\(codec)")
        }
    }

    @Test("faults say what is wrong")
    func messages() {
        func message(_ block: [UInt8], _ codec: BlockCodec, size: Int) -> String? {
            #expect(throws: BlockFault.self) { _ = try decompressed(block, codec, size: size) }?.description
        }
        #expect(
            message(Self.compressed(.snappy), .snappy, size: 9)
                == "the snappy block holds 100 bytes where 9 are expected")
        #expect(message(Self.gzip, .gzip, size: 9) == "the gzip block holds more than 9 bytes")
        #expect(message(Array(Self.gzip.dropLast(9)), .gzip, size: 100) == "the gzip block is cut off")
        #expect(
            message(Array("no frame".utf8), .zstd, size: 9)?.hasPrefix("the zstd block cannot be decoded: ") == true)
    }

    @Test("the checksum is that of RFC 1952")
    func checksum() {
        // The check value of CRC-32 (ISO-HDLC) over the digits 1 to 9.
        #expect(Array("123456789".utf8).withUnsafeBytes { BlockDecompressor.crc32($0) } == 0xCBF4_3926)
        #expect(BlockDecompressor.crc32(UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
    }
}

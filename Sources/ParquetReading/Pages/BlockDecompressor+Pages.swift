import BlockDecompression

extension BlockDecompressor {
    /// Fills memory with the uncompressed bytes of a page, which may be stored without compression.
    mutating func fill(
        _ memory: UnsafeMutableRawBufferPointer, from bytes: UnsafeRawBufferPointer, _ codec: BlockCodec?
    ) throws(ParquetError) {
        // Of nothing, some writers leave the compressed block out.
        if memory.isEmpty { return }
        guard let codec else {
            guard bytes.count == memory.count else {
                throw .damaged("the page has \(bytes.count) bytes, and \(memory.count) without compression")
            }
            memory.copyMemory(from: bytes)
            return
        }
        do throws(BlockFault) {
            try decompress(bytes, as: codec, into: memory)
        } catch {
            throw ParquetError(error == .outOfMemory ? .outOfMemory : .damaged, error.description)
        }
    }
}

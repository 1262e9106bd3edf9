import Foundation

/// Writes shards of token ids the way trainers do.
struct TokenShards {
    let folder: TemporaryFolder

    /// The bytes of ids, little-endian.
    static func bytes(_ ids: [Int], width: Int) -> [UInt8] {
        ids.flatMap { id in (0..<width).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) } }
    }

    /// An index as Megatron-LM writes it: a sequence a document unless lengths say otherwise.
    static func index(documents: [[Int]], width: Int = 2, type: UInt8 = 8, offsets: [Int]? = nil) -> [UInt8] {
        let lengths = documents.flatMap { $0 }
        var starts: [Int] = []
        var next = 0
        for length in lengths {
            starts.append(next)
            next += length * width
        }
        var bounds = [0]
        for document in documents { bounds.append(bounds[bounds.count - 1] + document.count) }
        return Array("MMIDIDX".utf8) + [0, 0] + bytes([1], width: 8) + [type] + bytes([lengths.count], width: 8)
            + bytes([bounds.count], width: 8) + bytes(lengths, width: 4) + bytes(offsets ?? starts, width: 8)
            + bytes(bounds, width: 8)
    }

    /// llm.c's header of 256 integers.
    static func llmC(count: Int, magic: Int = 20_240_520, version: Int = 1) -> [UInt8] {
        bytes([magic, version, count], width: 4) + [UInt8](repeating: 0, count: 1_012)
    }

    /// NumPy's header of a list, version 1.
    static func numPy(_ type: String, count: Int) -> [UInt8] {
        var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(count),), }"
        while (10 + text.utf8.count + 1) % 64 != 0 { text += " " }
        return [0x93] + Array("NUMPY".utf8) + [1, 0] + bytes([text.utf8.count + 1], width: 2)
            + Array((text + "\n").utf8)
    }

    /// Writes a Megatron shard whose documents are whole sequences.
    func writeMegatron(_ documents: [[Int]], to name: String, width: Int = 2, type: UInt8 = 8) throws {
        try folder.write(Self.bytes(documents.flatMap { $0 }, width: width), to: name + ".bin")
        try folder.write(
            Self.index(documents: documents.map { [$0.count] }, width: width, type: type), to: name + ".idx")
    }
}

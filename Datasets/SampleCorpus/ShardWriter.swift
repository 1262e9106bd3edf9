import CDataWallZstd
import Foundation
import OrderedJSON

/// Writes documents into zstd shards of JSON lines, several frames to a shard.
struct ShardWriter {
    let folder: String

    private static let shards = 4
    private static let frameBytes = 1 << 20

    func write(_ documents: [(path: String, source: String)]) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for shard in 0..<Self.shards {
            var packed = Data()
            var frame = ""
            for (number, document) in documents.enumerated() where number % Self.shards == shard {
                guard let data = FileManager.default.contents(atPath: document.path), !data.isEmpty,
                    let text = String(data: data, encoding: .utf8)
                else { continue }
                let record: JSONValue = .object([
                    "id": .string("\(document.source)/\(number)"), "path": .string(document.path),
                    "text": .string(text),
                ])
                frame += record.compactText + "\n"
                if frame.utf8.count >= Self.frameBytes {
                    packed += Self.pack(frame)
                    frame = ""
                }
            }
            packed += Self.pack(frame)
            try packed.write(to: URL(fileURLWithPath: "\(folder)/part-\(shard).jsonl.zst"))
        }
    }

    private static func pack(_ text: String) -> Data {
        let bytes = Array(text.utf8)
        var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&packed, packed.count, bytes, bytes.count, 3)
        precondition(ZSTD_isError(count) == 0, "a buffer of the compressor's own bound is large enough")
        return Data(packed.prefix(count))
    }
}

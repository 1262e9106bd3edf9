import OrderedJSON
import UnicodeText

/// Copies the records of one shard that stay, each as a line of JSON.
struct ShardCopier {
    /// The records read and written.
    struct Result {
        var documents = 0
        /// Records of the list that could not be read.
        var lost = 0
        /// Remarks on fields that the lines leave out.
        var notes: [String] = []
        var end = ShardEnd(identity: .nothing, digest: .zero)
    }

    let opening: ShardOpening
    let positions: KeptPositions
    let file: SampleFile

    /// Bytes that are compressed together.
    private static let blockBytes = 1 << 20

    private var shard: Shard { opening.shard }

    /// Reads the shard and writes the records of the list.
    ///
    /// Throws ``RunError`` where the shard cannot be read or the file not written, and `CancellationError`.
    func copy<Reader: DocumentReader & ~Copyable>(
        _ open: (ShardOpening) throws(StreamFault) -> Reader
    ) throws -> Result {
        var result = Result()
        var reader: Reader
        do throws(StreamFault) { reader = try open(opening) } catch { throw failure(error) }
        var wanted = try positions.next()
        while let first = wanted {
            let next: DocumentRecord?
            do throws(StreamFault) {
                next = try reader.next()
            } catch {
                // Damage ends the shard here as it did when it was scanned.
                guard !error.kind.isOfTheMachine else { throw failure(error) }
                break
            }
            guard let record = next else { break }
            guard record.index >= first else { continue }
            // Damage may have made the reader pass over records that the list names.
            while let position = wanted, position < record.index {
                result.lost += 1
                wanted = try positions.next()
            }
            guard wanted == record.index else { continue }
            if let document = record.document {
                let raw: RawRecord?
                do throws(StreamFault) { raw = try reader.rawRecord() } catch { throw failure(error) }
                try write(document, raw)
                result.documents += 1
            } else {
                result.lost += 1
            }
            wanted = try positions.next()
        }
        while wanted != nil {
            result.lost += 1
            wanted = try positions.next()
        }
        do throws(StreamFault) { result.end = try reader.finish() } catch { throw failure(error) }
        result.notes = result.end.notes.filter { $0.kind == .columnsLeftOut }.map(\.reason)
        return result
    }

    private func write(_ document: Document, _ raw: RawRecord?) throws(RunError) {
        if let raw, raw.suffix == "jsonl" {
            // The carriage return of a CRLF is part of the line's end.
            let bytes = raw.bytes
            file.append(
                bytes.last == UInt8(ascii: "\r") ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes)
        } else {
            let text = JSONValue.string(String(decoding: document.text, as: UTF8.self)).compactText
            var line = "{\"text\": \(text)}"
            line.withUTF8 { file.append($0) }
        }
        try file.append(byte: 0x0A, blockBytes: Self.blockBytes)
    }

    private func failure(_ fault: StreamFault) -> any Error {
        switch fault.kind {
        case .stopped: CancellationError()
        case .outOfMemory: RunError.outOfMemory("reading \(shard.path)")
        default: RunError.cannotRead(path: shard.path, reason: fault.reason)
        }
    }
}

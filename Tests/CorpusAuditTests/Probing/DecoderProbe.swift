import CDataWallVector
import Foundation
import OrderedJSON

@testable import CorpusAudit

/// Feeds any bytes to a decoder and says which of its promises it broke.
///
/// What fuzzing and the tests of its findings share. A decoder may refuse bytes; it may not crash, hang, hand out
/// memory that is not its own, or answer twice in two ways.
enum DecoderProbe: String, CaseIterable, Sendable {
    /// zstd frames.
    case zstd
    /// gzip members.
    case gzip
    /// JSON records.
    case fieldScanner = "field-scanner"
    /// JSON arrays.
    case jsonArray = "json-array"
    /// Run files.
    case run
    /// Indexes of Megatron shards.
    case index = "idx"
    /// Flat files of token ids.
    case tokens

    /// Decodes bytes.
    ///
    /// - Parameter bytes: What the decoder is given.
    /// - Returns: The promise it broke, or `nil`.
    func feed(_ bytes: [UInt8]) -> String? {
        switch self {
        case .zstd: Self.zstd(bytes)
        case .gzip: Self.frames(bytes) { () throws(StreamFault) in try GzipDecoder() }
        case .fieldScanner: Self.record(bytes)
        case .jsonArray: Self.array(bytes)
        case .run: Self.run(bytes)
        case .index: Self.index(bytes)
        case .tokens: Self.tokens(bytes)
        }
    }

    // MARK: Compression

    /// The most that is decoded: a bomb is no finding.
    private static let decodedLimit = 1 << 22

    /// What frames give when they are decoded in place, and cut into lines, is what the decoder gives otherwise.
    private static func zstd(_ bytes: [UInt8]) -> String? {
        if let broken = frames(bytes, { () throws(StreamFault) in try ZstdDecoder(memory: 1 << 27) }) { return broken }
        guard bytes.starts(with: ZstdDecoder.magic), let decoder = try? ZstdDecoder(memory: 1 << 27),
            let streamed = try? decode(bytes, decoder, inputStep: bytes.count, outputStep: 1 << 16)
        else { return nil }
        return withFile(of: bytes) { path -> String? in
            var lines: [UInt8] = []
            do throws(StreamFault) {
                var reader = try RecordReader(
                    try ShardStream(path: path, content: .text, memory: 1 << 27), maximumLength: decodedLimit)
                while lines.count < decodedLimit, let line = try reader.next() { lines += line.bytes + [0x0A] }
            } catch {
                if streamed.fault == nil { return "only frames in place have a fault" }
                let common = min(lines.count, streamed.output.count)
                return lines[..<common] == streamed.output[..<common] ? nil : "frames in place have other bytes"
            }
            if lines.count >= decodedLimit || streamed.output.count >= decodedLimit { return nil }
            if streamed.fault != nil { return "only frames that stream have a fault" }
            // The last line may have no line feed, and NUL bytes behind it are left out.
            let rest = streamed.output.dropFirst(lines.count)
            return lines.dropLast() == streamed.output.prefix(max(0, lines.count - 1)) && rest.allSatisfy { $0 == 0 }
                ? nil : "frames in place have other bytes"
        } ?? nil
    }

    /// Whatever the sizes of buffers, the same bytes come out and the same fault.
    private static func frames(_ bytes: [UInt8], _ make: () throws(StreamFault) -> any FrameDecoder) -> String? {
        guard let whole = try? decode(bytes, make(), inputStep: bytes.count, outputStep: 1 << 16),
            let pieces = try? decode(bytes, make(), inputStep: 7, outputStep: 97)
        else { return nil }
        if whole.isStuck || pieces.isStuck { return "the decoder neither consumes nor produces" }
        // Where a fault is noticed may depend on the buffers, what came out before it not.
        let common = min(whole.output.count, pieces.output.count)
        guard whole.output[..<common] == pieces.output[..<common] else { return "the bytes depend on the buffers" }
        guard (whole.fault == nil) == (pieces.fault == nil) else {
            return "whether there is a fault depends on the buffers"
        }
        guard whole.fault != nil || whole.output.count == pieces.output.count else {
            return "how much there is depends on the buffers"
        }
        return nil
    }

    private struct Decoded {
        var output: [UInt8] = []
        var fault: ProblemKind?
        var isStuck = false
    }

    private static func decode(
        _ bytes: [UInt8], _ decoder: any FrameDecoder, inputStep: Int, outputStep: Int
    ) throws(StreamFault) -> Decoded {
        var decoded = Decoded()
        var position = 0
        let buffer = try OwnedBuffer(byteCount: outputStep)
        while decoded.output.count < decodedLimit {
            let end = min(position + inputStep, bytes.count)
            let step: (consumed: Int, produced: Int)
            do throws(StreamFault) {
                step = try bytes.withUnsafeBufferPointer { (input) throws(StreamFault) in
                    try decoder.decode(
                        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(input)[position..<end]),
                        into: buffer.bytes)
                }
            } catch {
                decoded.fault = error.kind
                return decoded
            }
            decoded.output += UnsafeRawBufferPointer(rebasing: buffer.bytes[..<step.produced])
            position += step.consumed
            guard step.consumed == 0, step.produced == 0 else { continue }
            if position < bytes.count {
                decoded.isStuck = true
            } else if !decoder.isBetweenFrames {
                decoded.fault = decoder.endFault.kind
            }
            return decoded
        }
        decoded.fault = .recordTooLong
        return decoded
    }

    // MARK: Records

    private struct Scanned: Equatable {
        var text: [UInt8]?
        var source: [UInt8]?
        var quality: [UInt8]?
        var isFaulty = false
    }

    /// The instructions by which this processor can undo escapes.
    static let vectors = [DATAWALL_VECTORS_BASIC, DATAWALL_VECTORS_AVX2, DATAWALL_VECTORS_AVX512]
        .filter { $0.rawValue <= datawall_widest_vectors().rawValue }

    /// All ways of scanning agree; what a strict parser reads as an object is read, with the same text.
    private static func record(_ bytes: [UInt8]) -> String? {
        // A record ends before its line feed.
        let record = Array(bytes.prefix { $0 != 0x0A })
        let all = vectors.map { scan(record, $0) }
        guard all.allSatisfy({ $0 == all[0] }) else { return "the ways of scanning disagree" }
        let scanned = all[0]
        guard let json = try? JSONValue(parsing: record), case .object = json else { return nil }
        if record.starts(with: [0xEF, 0xBB, 0xBF]) { return nil }
        guard !scanned.isFaulty else { return "a JSON object is refused" }
        guard case .string(let text)? = json["text"] else {
            return scanned.text == nil ? nil : "a text is found where there is none"
        }
        // Half a surrogate pair is U+FFFD to the scanner; the parser refuses it before it comes here.
        return scanned.text == Array(text.utf8) ? nil : "the text is not the one that stands there"
    }

    private static func scan(_ record: [UInt8], _ vectors: datawall_vectors) -> Scanned {
        let quality = try? FieldPath("m.q")
        let source = try? FieldPath("s")
        var scanner = FieldScanner(
            FieldSelection(source: source, quality: quality), vectors: vectors)
        let padded = record + [0x0A] + [UInt8](repeating: UInt8(ascii: "\""), count: FieldScanner.requiredPadding)
        return padded.withUnsafeBufferPointer { buffer in
            do throws(RecordFault) {
                let fields = try scanner.scan(UnsafeBufferPointer(rebasing: buffer[..<record.count]))
                return Scanned(
                    text: fields.text.map { Array($0) }, source: fields.source.map { Array($0) },
                    quality: fields.quality.map { Array($0) })
            } catch {
                return Scanned(isFaulty: true)
            }
        }
    }

    // MARK: Files

    /// Runs `body` on a file of these bytes.
    private static func withFile<Result>(of bytes: [UInt8], _ body: (String) -> Result) -> Result? {
        let path = "\(NSTemporaryDirectory())datawall-probe-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        return FileManager.default.createFile(atPath: path, contents: Data(bytes)) ? body(path) : nil
    }

    /// A run is refused, or walked in order to the number of records it names.
    ///
    /// Sums would keep nearly all bytes out, so that an odd first byte has them made right again; its next bits choose
    /// between records of one tokenizer and of two, without and with scores.
    private static func run(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let content = Array(bytes.dropFirst())
        let layout = RecordLayout(tokenizers: first & 2 == 0 ? 1 : 2, hasScores: first & 4 != 0)
        let file = first & 1 == 1 ? sealed(content, layout) : content
        return withFile(of: file) { path -> String? in
            guard let run = try? RunFile(opening: path),
                var cursor = try? EntryCursor<UnitRecord>(run, from: 0, below: nil)
            else {
                return nil
            }
            var count = 0
            var last = Fingerprint.zero
            while !cursor.isAtEnd {
                if cursor.current.fingerprint < last { return "records come out of order" }
                guard cursor.current.origin < run.origins.count else { return "a record has no origin" }
                last = cursor.current.fingerprint
                count += 1
                guard (try? cursor.advance()) != nil else { return nil }
            }
            return count == run.recordCount ? nil : "\(count) records come out of \(run.recordCount)"
        } ?? nil
    }

    /// Records and a footer with the sums that belong to them: what comes before the first brace is taken for records,
    /// the rest for the footer.
    private static func sealed(_ bytes: [UInt8], _ layout: RecordLayout) -> [UInt8] {
        let size = layout.stride
        let footerStart = bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
        let count = footerStart / size
        let records = Array(bytes[..<(count * size)])
        let footer = Array(bytes[footerStart...])
        var sums: [UInt8] = []
        let block = size * RunFile.recordsPerBlock
        for start in stride(from: 0, to: records.count, by: block) {
            let slice = Array(records[start..<min(start + block, records.count)])
            sums += SortedFile.bytes(slice.withUnsafeBytes { SortedFile.checksum($0) })
        }
        let tail = sums + footer
        return RunFile.header(layout).bytes + records + tail
            + SortedFile.bytes(UInt64(SortedFile.headerSize + records.count + sums.count))
            + SortedFile.bytes(UInt64(footer.count))
            + SortedFile.bytes(tail.withUnsafeBytes { SortedFile.checksum($0) })
            + SortedFile.endMagic
    }

    private struct Elements: Equatable {
        var records: [[UInt8]] = []
        var offsets: [Int] = []
        var missingCommas: [Int] = []
        var fault: String?
    }

    /// Elements are the same whatever the chunks, and those that a strict parser finds; each is one line.
    private static func array(_ bytes: [UInt8]) -> String? {
        withFile(of: bytes) { path -> String? in
            func elements(chunkBytes: Int) -> Elements? {
                guard let stream = try? ShardStream(path: path, content: .tokens),
                    var source = try? JSONArrayElements(stream, maximumLength: 1 << 20, chunkBytes: chunkBytes)
                else { return nil }
                var found = Elements()
                do throws(StreamFault) {
                    while let record = try source.next() {
                        found.records.append(Array(record.bytes))
                        found.offsets.append(record.offset)
                        found.missingCommas += source.missingCommas
                    }
                } catch { found.fault = error.reason }
                return found
            }
            guard let small = elements(chunkBytes: 5), let large = elements(chunkBytes: 1 << 16) else {
                return bytes.isEmpty ? nil : "a file cannot be opened"
            }
            guard small == large else { return "elements depend on the chunks" }
            if large.records.contains(where: { $0.isEmpty || $0.contains(0x0A) }) { return "an element is no line" }
            guard let json = try? JSONValue(parsing: bytes), case .array(let values) = json else { return nil }
            guard large.fault == nil, large.missingCommas.isEmpty else { return "a JSON array is refused" }
            let parsed = large.records.map { try? JSONValue(parsing: $0) }
            return parsed == values.map { $0 } ? nil : "the elements are not those of the array"
        } ?? nil
    }

    /// An index is refused, or leads through the shard without leaving it or going back.
    private static func index(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        let binSize = Int(first) * 3
        return withFile(of: Array(bytes.dropFirst())) { path -> String? in
            guard let file = try? PositionedFile(path: path), var index = try? MegatronIndex(file) else { return nil }
            var offset = 0
            var documents = 0
            while let sequences = try? index.nextDocument(binSize: binSize) {
                for sequence in sequences {
                    guard sequence.offset >= offset, sequence.bytes >= 0, sequence.bytes <= binSize - sequence.offset
                    else { return "a sequence leaves its shard" }
                    offset = sequence.offset + sequence.bytes
                }
                documents += 1
            }
            _ = index.rest(binSize: binSize)
            return documents <= index.documentCount ? nil : "more documents than the index names"
        } ?? nil
    }

    /// Documents cover the file once, whatever the window.
    private static func tokens(_ bytes: [UInt8]) -> String? {
        guard bytes.count > 3 else { return nil }
        let width: TokenLayout.Width = bytes[0] & 1 == 0 ? .two : .four
        let layout = TokenLayout(width: width, endOfDocument: bytes[0] & 2 == 0 ? UInt32(bytes[1]) : nil)
        let content = Array(bytes.dropFirst(2))
        return withFile(of: content) { path -> String? in
            func documents(windowBytes: Int) -> [TokenDocument]? {
                guard let stream = try? ShardStream(path: path, content: .tokens),
                    var source = try? FlatTokenDocuments(stream, layout: layout, windowBytes: windowBytes)
                else { return nil }
                var found: [TokenDocument] = []
                while let next = try? source.next() { found.append(next) }
                return found
            }
            guard let small = documents(windowBytes: 16), let large = documents(windowBytes: 1 << 20) else {
                return content.isEmpty ? nil : "a file of ids cannot be opened"
            }
            guard small.map(\.fingerprint) == large.map(\.fingerprint) else { return "documents depend on the window" }
            let size = content.count / width.rawValue * width.rawValue
            return small.reduce(0) { $0 + $1.bytes } == size ? nil : "not every id lies in a document"
        } ?? nil
    }
}

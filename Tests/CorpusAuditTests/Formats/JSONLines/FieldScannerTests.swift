import CDataWallVector
import Foundation
import TestSupport
import Testing

@testable import CorpusAudit

@Suite struct FieldScannerTests {
    /// Scans a record the way a reader hands it over: followed by a line feed and whatever comes next.
    ///
    /// It is scanned in all ways that this processor has. What the body returns is that of the widest instructions; the
    /// differential test below compares them all.
    private func scan<Result>(
        _ record: [UInt8], _ selection: FieldSelection = FieldSelection(),
        _ body: (FieldValues) throws -> Result
    ) throws -> Result {
        for vectors in DecoderProbe.vectors.dropLast() { _ = try scan(record, selection, vectors, body) }
        return try scan(record, selection, datawall_widest_vectors(), body)
    }

    private func scan<Result>(
        _ record: [UInt8], _ selection: FieldSelection, _ vectors: datawall_vectors,
        _ body: (FieldValues) throws -> Result
    ) throws -> Result {
        var scanner = FieldScanner(selection, vectors: vectors)
        let padded = record + [0x0A] + [UInt8](repeating: UInt8(ascii: "\""), count: FieldScanner.requiredPadding)
        return try padded.withUnsafeBufferPointer { bytes in
            try body(try scanner.scan(UnsafeBufferPointer(rebasing: bytes[..<record.count])))
        }
    }

    private func text(_ record: String) throws -> String? {
        try scan(Array(record.utf8)) { fields in fields.text.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test(
        "escapes are undone exactly",
        arguments: [
            (#"{"text": "plain"}"#, "plain"),
            (#"{"text":""}"#, ""),
            (#"{"text": "\"\\\/\b\f\n\r\t"}"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (#"{"text": "\u0041\u00e9\u6f22\ud83c\udf89\u0000"}"#, "Aé漢🎉\u{0}"),
            (#"{"text": "\\\\\\\""}"#, "\\\\\\\""),
            (#"{"t\u0065xt": "key"}"#, "key"),
            (#"{"a": {"text": "no"}, "text": "yes", "b": ["text"]}"#, "yes"),
            (#"{"x": "\"text\": \"no\"", "text": "yes"}"#, "yes"),
            (#"{"text\\": "no", "text": "yes"}"#, "yes"),
        ])
    func escapes(record: String, text: String) throws {
        #expect(try self.text(record) == text)
    }

    @Test("an escape is found at every place of a block", arguments: 0..<140)
    func alignment(length: Int) throws {
        let letters = String(repeating: "x", count: length)
        for escape in [("\\n", "\n"), ("\\\"", "\""), ("\\\\", "\\"), ("\\ud83c\\udf89", "🎉"), ("é", "é")] {
            let record = "{\"text\": \"\(letters)\(escape.0)\(letters)\(escape.0)\"}"
            #expect(try text(record) == letters + escape.1 + letters + escape.1)
        }
    }

    @Test(
        "single escapes and blocks of 32 and 64 bytes come to the same text or the same fault",
        arguments: 0..<(isSoak ? 8_400 : 20) as Range<UInt64>)
    func blocksAgree(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "x", "yz", "\\\\", "\\n", "\\\"", "\\t", "\\u00e9", "\\ud83c\\udf89", "\\udf89", "é", "漢", "word ",
        ]
        // From time to time what no record may hold.
        let faults = ["\\", "\\q", "\\u12", "\u{1}", "\\é", "\""]
        for _ in 0..<120 {
            var text = ""
            for _ in 0..<Int.random(in: 0...90, using: &random) {
                let piece = Int.random(in: 0..<400, using: &random) == 0 ? faults : pieces
                text += piece.randomElement(using: &random) ?? ""
            }
            let record = Array("{\"text\": \"\(text)\"}".utf8)
            let outcomes = DecoderProbe.vectors.map { vectors in
                Result {
                    try scan(record, FieldSelection(), vectors) { fields in
                        [
                            fields.text.map(Array.init), [fields.textIsASCII ? 1 : 0],
                            [fields.loneSurrogateOffset == nil ? 1 : 0],
                        ]
                    }
                }.mapError { "\($0)" as TextError }
            }
            #expect(outcomes.allSatisfy { $0 == outcomes[0] }, "seed \(seed): \(text)")
        }
    }

    @Test("fields of nested objects are found by dotted paths")
    func nestedPaths() throws {
        let selection = try FieldSelection(
            text: FieldPath("body.text"), source: FieldPath("body.from.name"), quality: FieldPath(#"q\.score"#))
        let record =
            #"{"body": {"from": {"name": "w\u0065b", "x": 1}, "text": "t"}, "q.score": -1.5e2, "q": {"score": 9}}"#
        try scan(Array(record.utf8), selection) { fields in
            #expect(fields.text.map { String(decoding: $0, as: UTF8.self) } == "t")
            #expect(fields.source.map { String(decoding: $0, as: UTF8.self) } == "web")
            #expect(fields.quality.map { String(decoding: $0, as: UTF8.self) } == "-1.5e2")
        }
    }

    @Test("a repeated parent is what its last spelling says")
    func repeatedParent() throws {
        let selection = try FieldSelection(text: FieldPath("a.text"))
        let record = #"{"a": {"text": "first"}, "a": {"other": 1}}"#
        try scan(Array(record.utf8), selection) { fields in
            #expect(fields.text == nil)
            #expect(fields.duplicateKeyOffset == 25)
        }
    }

    @Test("nesting beyond the limit is refused, not a crash")
    func depth() throws {
        let deep = "{\"a\": " + String(repeating: "[", count: 100_000)
        #expect(throws: RecordFault.self) { try text(deep) }
        let fine =
            "{\"a\": " + String(repeating: "[", count: 400) + String(repeating: "]", count: 400) + ", \"text\": \"t\"}"
        #expect(try text(fine) == "t")
    }

    /// Foundation's parser as the oracle: on records made by mutating good ones, both agree on what is JSON and what
    /// the text is.
    ///
    /// Where Foundation departs from RFC 8259 the record is passed over: it takes `[1,]` and `{…,}`, refuses numbers
    /// beyond a double's range, and has rules of its own for repeated keys and lone surrogates.
    @Test("mutated records are judged as Foundation's parser judges them", arguments: [1, 2, 3, 4] as [UInt64])
    func differential(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var corpus = HostileCorpus(seed: seed)
        var compared = 0
        for _ in 0..<4_000 {
            var record = Array(corpus.record(text: corpus.nextText(), score: corpus.score(), source: "web").utf8)
            if Bool.random(using: &random) {
                for _ in 0..<Int.random(in: 1...3, using: &random) where !record.isEmpty {
                    let place = Int.random(in: 0..<record.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: record.remove(at: place)
                    case 1:
                        record.insert(Array("\"\\{}[]:,u0e-.tfn ".utf8).randomElement(using: &random) ?? 0, at: place)
                    default: record[place] = Array("\"\\{}[]:,u0e-.tfn ".utf8).randomElement(using: &random) ?? 0
                    }
                }
            }
            guard let spelling = String(validating: record, as: UTF8.self),
                !spelling.contains(/,[ \t]*[}\]]/), !spelling.contains(/[0-9][eE]\+?[0-9]{3}/)
            else { continue }
            let ours = try? scan(record) { fields in
                (
                    text: fields.text.map { Array($0) },
                    isPlain: fields.duplicateKeyOffset == nil && fields.loneSurrogateOffset == nil
                )
            }
            let theirs = try? JSONSerialization.jsonObject(with: Data(record)) as? [String: Any]
            if let ours, !ours.isPlain { continue }
            if ours != nil, theirs == nil, spelling.lowercased().contains("\\ud") { continue }
            #expect((ours == nil) == (theirs == nil), "seed \(seed): \(spelling)")
            if let ours, let theirs {
                let text = (theirs["text"] as? String).map { Array($0.utf8) }
                #expect(ours.text == text, "seed \(seed): \(spelling)")
            }
            compared += 1
        }
        #expect(compared > 3_000)
    }
}

/// An error as its text, to compare.
private struct TextError: Error, Equatable, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral text: String) { self.text = text }
}

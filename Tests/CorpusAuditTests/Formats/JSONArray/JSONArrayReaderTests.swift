import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct JSONArrayReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func audit(
        _ paths: [String], format: FormatSelection = FormatSelection(),
        change: (inout AuditOptions) -> Void = { _ in }
    ) async throws -> Audit {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.topCopies = 9
        change(&options)
        return try await Auditor(options: options).audit(try Corpus(paths: paths, format: format))
    }

    private func audit(_ text: String, change: (inout AuditOptions) -> Void = { _ in }) async throws -> Audit {
        try await audit([folder.write(text, to: "web/a.json")], change: change)
    }

    @Test("an array counts as the same objects in lines do, however it is laid out and compressed")
    func sameAsLines() async throws {
        let records = [
            #"{"text": "one [, ] { \" } \\"}"#, #"{"meta": {"tags": [1, [2]], "source": "b"}, "text": "two"}"#,
            #"{"text": "one [, ] { \" } \\"}"#, #"{"text": "three\nlines\n"}"#,
        ]
        let lines = try await audit([folder.write(records.joined(separator: "\n"), to: "lines/web/a.jsonl")])
        let layouts = [
            "[" + records.joined(separator: ",") + "]", "[\n  " + records.joined(separator: ",\n  ") + "\n]\n",
            "\u{FEFF} [" + records.joined(separator: " ,\r\n").replacing(": ", with: ":\r\n  ") + "\n\n]  ",
        ]
        for (number, text) in layouts.enumerated() {
            for (suffix, bytes) in [
                ("", Array(text.utf8)), (".zst", TemporaryFolder.zstd(Array(text.utf8))),
                (".gz", TemporaryFolder.gzip(Array(text.utf8))),
            ] {
                var array = try await audit([folder.write(bytes, to: "\(number)\(suffix)/web/a.json\(suffix)")])
                #expect(array.options.sources.map(\.value) == [[.init(format: "json-array", textKey: "text")]])
                array.inputs = lines.inputs
                array.options = lines.options
                array.topCopies = lines.topCopies
                array.madeBy = lines.madeBy
                #expect(array.json.fileText() == lines.json.fileText(), "layout \(number)\(suffix)")
            }
        }
    }

    @Test("an empty array has no documents and no damage")
    func empty() async throws {
        for text in ["[]", " [\n] \n", "[]\n\n"] {
            let audit = try await audit(text)
            #expect(audit.totals.documents == 0)
            #expect(audit.problems == [])
        }
    }

    @Test("a damaged element is reported by its number and offset, and the others count")
    func elements() async throws {
        let text = #"[{"text": "a"}, 7, "b", {"body": "c"}, {"text": 1}, {"text": "d" "e"}, [{}], {"text": "f"}]"#
        let audit = try await audit(text)
        #expect(audit.totals.documents == 2)
        let found = audit.problems.map { "\($0.record ?? -1) \($0.byteOffset ?? -1) \($0.kind.rawValue)" }
        #expect(
            found == [
                "1 16 bad_json", "2 19 bad_json", "3 24 missing_key", "4 39 text_not_a_string", "5 65 bad_json",
                "6 71 bad_json",
            ])
    }

    @Test(
        "damage between elements ends the reading, or is stepped over, and says so",
        arguments: [
            (#"[{"text": "a"} {"text": "b"}]"#, 2, "a comma is missing between two elements"),
            (#"[{"text": "a"}, {"text": "b"}"#, 2, "the file ends inside the array; the 2 records before it count"),
            (#"[{"text": "a"}, {"text": "b"#, 1, "the file ends inside this element of the array; the record before"),
            (#"[{"text": "a"}, ]"#, 1, "byte 16: an element is missing here; the record before it counts"),
            (#"[{"text": "a"},, {"text": "b"}]"#, 1, "byte 15: an element is missing here"),
            (#"[{"text": "a"}] {"text": "b"}"#, 1, "byte 16: text after the end of the array"),
            ("[{\"text\": \"a\"}, {\"text\": \"b\n\"}, {\"text\": \"c\"}]", 1, "a string does not end on its line"),
            ("[{\"text\": \"a\"}, {\"text\": \"b\\\n\"}, {\"text\": \"c\"}]", 1, "a string does not end on its line"),
        ])
    func structure(text: String, documents: Int, message: String) async throws {
        // A file that is no array to its end is one only to whom says so.
        let path = try folder.write(text, to: "web/a.json")
        let shard = Shard(path: path, location: path, source: "web", fields: FieldSelection(), format: .jsonArray)
        var corpus = try Corpus(paths: [folder.write("[]", to: "other/a.json")])
        corpus.shards = [shard]
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        #expect(audit.totals.documents == documents)
        #expect(audit.problems.count == 1)
        #expect(audit.problems.first?.kind == .badJSON)
        #expect(audit.problems.first?.message.contains(message) == true, "\(audit.problems)")
    }

    @Test("an element over the limit is left out, and NUL bytes after the array are named")
    func limits() async throws {
        let long = String(repeating: "x", count: 300_000)
        let text = "[{\"text\": \"\(long)\"}, {\"text\": \"b\"}]" + String(repeating: "\0", count: 5_000)
        let audit = try await audit(text) { $0.maximumRecordBytes = 1_000 }
        #expect(audit.totals.documents == 1)
        #expect(audit.problems.map(\.kind) == [.nulPadding, .recordTooLong])
        #expect(audit.problems.last?.record == 0)
        let whole = try await self.audit(text)
        #expect(whole.totals.bytes == 300_001)
    }

    @Test("a compressed array that is cut off counts up to there")
    func cutOff() async throws {
        let element = "{\"text\": \"\(String(repeating: "word ", count: 100))\"}"
        let text = "[" + Array(repeating: element, count: 2_000).joined(separator: ",\n") + "]"
        let bytes = TemporaryFolder.zstd(Array(text.utf8))
        let audit = try await audit([folder.write(Array(bytes.dropLast(20)), to: "web/a.json.zst")])
        #expect(audit.problems.map(\.kind) == [.truncatedFrame])
        #expect(audit.totals.documents > 0)
    }

    @Test("a stream is read as lines, and an array in it is refused with the way out")
    func streams() throws {
        let stream = Shard(path: "a.json", location: "-", source: "stdin", fields: FieldSelection())
        let fault = FormatSelection.refusal(of: stream, head: Array("[{\"text\": \"a\"}]".utf8))
        #expect(fault?.reason.contains("jq -c '.[]'") == true)
        #expect(FormatSelection.refusal(of: stream, head: Array("{\"text\": \"a\"}".utf8)) == nil)
    }

    @Test("a sample of an array is JSON lines")
    func samples() async throws {
        let texts = (0..<200).map { "text \($0)" }
        let array = "[\n" + texts.map { "  {\n    \"text\": \"\($0)\"\n  }" }.joined(separator: ",\n") + "\n]\n"
        let corpus = try Corpus(paths: [folder.write(array, to: "web/a.json")])
        let sample = try await CorpusSampler(share: 0.5).write(corpus, to: folder.path + "/sample")
        #expect(sample.documents == 200)
        let written = try String(contentsOfFile: folder.path + "/sample/web/0-a.jsonl", encoding: .utf8)
        let lines = written.split(separator: "\n")
        #expect(lines.count == sample.taken)
        #expect((50...150).contains(lines.count))
        let again = try Corpus(paths: [folder.path + "/sample"])
        #expect(again.shards.map(\.format) == [.jsonLines])
        let options = AuditOptions(tokenizer: try ByteRatioCounter())
        let audit = try await Auditor(options: options).audit(again)
        #expect(audit.problems == [])
        #expect(audit.totals.documents == lines.count)
    }
}

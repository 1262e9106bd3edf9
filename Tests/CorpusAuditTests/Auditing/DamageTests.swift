import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Every kind of damage: told with its place, counted, and never at the cost of what can be read.
@Suite struct DamageTests {
    private func audit(_ folder: TemporaryFolder, strict: Bool = false, maximumRecordBytes: Int = 1 << 20) async throws
        -> Audit
    {
        let corpus = try Corpus(paths: [folder.path])
        var options = try AuditOptions(tokenizer: ByteRatioCounter())
        options.maximumRecordBytes = maximumRecordBytes
        options.isStrict = strict
        return try await Auditor(options: options).audit(corpus)
    }

    @Test("a frequent kind of damage hides no other: a hundred of each are listed for a shard")
    func frequent() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            String(repeating: "{\"text\": null}\n", count: 130) + "{\"text\": lost}\n{\"text\": \"ok\"}\n",
            to: "s/part.jsonl")
        let audit = try await audit(folder)
        #expect(audit.problemCounts == [.init(kind: .badJSON, count: 1), .init(kind: .textNotAString, count: 130)])
        #expect(audit.problems.count == 101)
        #expect(audit.problems.last?.kind == .badJSON && audit.problems.last?.record == 130)
    }

    @Test("of more problems than an audit lists, each kind is named")
    func manyShards() async throws {
        let folder = try TemporaryFolder()
        for shard in 10..<22 {
            try folder.write(String(repeating: "{\"text\": null}\n", count: 100), to: "s/part-\(shard).jsonl")
        }
        try folder.write("{\"text\": lost}\n", to: "s/part-99.jsonl")
        let audit = try await audit(folder)
        #expect(audit.problems.count == Audit.listedProblems)
        #expect(audit.problems.last?.shard.hasSuffix("part-99.jsonl") == true)
    }

    @Test(
        "what was decoded before the damage of a gzip member counts, however it is delivered",
        arguments: [1, 700, 100_000])
    func gzip(pieces: Int) throws {
        let text = Array((0..<3_000).map { "{\"text\": \"document \($0)\"}\n" }.joined().utf8)
        var packed = TemporaryFolder.gzip(text)
        for place in packed.indices.suffix(8) { packed[place] = 0 }
        let decoder = try GzipDecoder()
        var found: [UInt8] = []
        var start = 0
        let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
        defer { output.deallocate() }
        let fault = #expect(throws: StreamFault.self) {
            while true {
                let step = try packed[start..<min(start + pieces, packed.count)].withUnsafeBytes {
                    try decoder.decode($0, into: output)
                }
                start += step.consumed
                found += output[..<step.produced]
            }
        }
        #expect(found == text)
        #expect(fault?.kind == .corruptFrame)
    }

    @Test(
        "a damaged record is told with its place and reason, and its neighbours count",
        arguments: [
            ("{\"text\": \"a\"", .badJSON, 1, 27, "the record is not JSON: the record ends inside an object"),
            ("{\"text\": \"a\"} x", .badJSON, 1, 29, "the record is not JSON: text after the end of the object"),
            ("{'text': 1}", .badJSON, 1, 16, "the record is not JSON: a key in quotes is missing here"),
            ("[1]", .badJSON, 1, 15, "the record is not JSON: a JSON object must start here"),
            ("{\"text\": \"a\u{1}\"}", .badJSON, 1, 26, "the record is not JSON: a control character inside a string"),
            ("{\"text\": \"a\\x\"}", .badJSON, 1, 26, "the record is not JSON: an unknown escape"),
            (
                "{\"text\": \"a\\u12G4\"}", .badJSON, 1, 26,
                "the record is not JSON: \\u without four hexadecimal digits"
            ),
            ("{\"text\": \"a", .badJSON, 1, 24, "the record is not JSON: a string that does not end"),
            ("{\"text\": 01}", .badJSON, 1, 24, "the record is not JSON: a number does not start with 0"),
            ("{\"text\": tru}", .badJSON, 1, 24, "the record is not JSON: a word that is not true"),
            ("{\"n\": 1.}", .badJSON, 1, 23, "the record is not JSON: a digit is missing here"),
            ("{\"text\": 5}", .textNotAString, 1, 15, "a number is at the text key `text`, not a string"),
            ("{\"text\": null}", .textNotAString, 1, 15, "null is at the text key `text`, not a string"),
            (
                "{\"text\": {\"text\": \"a\"}}", .textNotAString, 1, 15,
                "an object is at the text key `text`, not a string"
            ),
            ("{\"body\": \"a\"}", .missingKey, 1, 15, "the record has no key `text`; --text-key names another"),
            (
                "{\"meta\": {\"text\": \"a\"}}", .missingKey, 1, 15,
                "the record has no key `text`; --text-key names another"
            ),
        ] as [(String, ProblemKind, Int, Int, String)])
    func lostRecords(line: String, kind: ProblemKind, record: Int, offset: Int, message: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"1\"} \n\(line)\n{\"text\": \"2\"}\n", to: "s/part.jsonl")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 2)
        #expect(audit.problemCounts == [.init(kind: kind, count: 1)])
        let problem = try #require(audit.problems.first)
        #expect(problem.record == record)
        #expect(problem.byteOffset == offset)
        #expect(problem.message == message)
        #expect(!audit.isComplete)
        #expect(abs(audit.damagedShare - 1.0 / 3) < 1e-15)
    }

    @Test(
        "damage that can be mended is told, and the record counts",
        arguments: [
            ([0x61, 0xFF, 0x62], .invalidUTF8, "a\u{FFFD}b", 1),
            ([0xE6, 0xBC, 0x61], .invalidUTF8, "\u{FFFD}a", 1),
            ([0xC0, 0x80], .invalidUTF8, "\u{FFFD}\u{FFFD}", 2),
            ([0xED, 0xA0, 0x80], .invalidUTF8, "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
            ([0xF4, 0x90, 0x80, 0x80], .invalidUTF8, "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 4),
            // U+FFFD that was there already, before and after a cut-off sequence, is not one more.
            (
                [0xEF, 0xBF, 0xBD, 0xE2, 0x82, 0xEF, 0xBF, 0xBD, 0xEF], .invalidUTF8,
                "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 2
            ),
            (Array("a\\ud800b".utf8), .loneSurrogate, "a\u{FFFD}b", 0),
            (Array("\\udc00\\ud800".utf8), .loneSurrogate, "\u{FFFD}\u{FFFD}", 0),
        ] as [([UInt8], ProblemKind, String, Int)])
    func mendedRecords(raw: [UInt8], kind: ProblemKind, meaning: String, replaced: Int) async throws {
        let folder = try TemporaryFolder()
        // The second record spells out what the first is taken for: together they are one unit.
        let twin = "\"}\n{\"text\": \"" + meaning + "\"}\n"
        try folder.write(Array("{\"text\": \"".utf8) + raw + Array(twin.utf8), to: "s/part.jsonl")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 2)
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.problemCounts == [.init(kind: kind, count: 1)])
        #expect(audit.problems.first?.record == 0)
        #expect(audit.tokenizer.replacedSequences == replaced)
    }

    @Test("replaced sequences are counted in every record, copies too, whatever the threads, the resumes and the parts")
    func replacedSequences() async throws {
        let folder = try TemporaryFolder()
        // Two sequences in each of 3 × 40 records of which many are copies, at all levels of repetition.
        for shard in 0..<3 {
            var bytes: [UInt8] = []
            for record in 0..<40 {
                bytes += Array("{\"text\": \"\(record % (7 + shard)) ".utf8) + [0xFF, 0x20, 0xE2, 0x82]
                bytes += Array("\"}\n".utf8)
            }
            try folder.write(bytes, to: "shards/s\(shard)/part.jsonl")
        }
        let shards = (0..<3).map { "\(folder.path)/shards/s\($0)/part.jsonl" }
        func options(_ threads: Int) throws -> AuditOptions {
            var options = try AuditOptions(tokenizer: ByteRatioCounter())
            options.threads = threads
            return options
        }
        let state = folder.path + "/state"
        _ = try await Auditor(options: options(1)).audit(Corpus(paths: Array(shards[..<2])), state: state)
        _ = try await Auditor(options: options(1)).scan(Corpus(paths: [shards[2]]), into: folder.path + "/a")
        _ = try await Auditor(options: options(2)).scan(Corpus(paths: Array(shards[..<2])), into: folder.path + "/b")
        let audits = [
            try await Auditor(options: options(1)).audit(Corpus(paths: shards)),
            try await Auditor(options: options(3)).audit(Corpus(paths: shards)),
            try await Auditor(options: options(2)).audit(Corpus(paths: shards), state: state),
            try await RunMerger().merge([folder.path + "/b", folder.path + "/a"]),
        ]
        for audit in audits {
            #expect(audit.tokenizer.replacedSequences == 240)
            #expect(audit.json.fileText() == audits[0].json.fileText())
        }
    }

    @Test("a key that occurs twice is told, and the last one counts")
    func duplicateKeys() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\", \"text\": \"b\"}\n{\"text\": \"b\"}", to: "s/part.jsonl")
        let audit = try await audit(folder)
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.problemCounts == [.init(kind: .duplicateKey, count: 1)])
    }

    @Test("what a truncated frame still holds counts", arguments: [1, 2, 10, 100, 500])
    func truncatedFrame(missing: Int) async throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 3)
        let lines = (0..<20_000).map { "{\"text\": \"\($0) \(random.next()) \(random.next())\"}\n" }
        let packed = TemporaryFolder.zstd(Array(lines.joined().utf8))
        try folder.write(Array(packed.dropLast(missing)), to: "s/part.jsonl.zst")
        let audit = try await audit(folder)
        #expect(audit.problemCounts == [.init(kind: .truncatedFrame, count: 1)])
        #expect(audit.totals.documents > 10_000)
        let problem = try #require(audit.problems.first)
        #expect(problem.record == audit.totals.documents)
        #expect(problem.message.contains("cut off"))
        #expect(audit.inputs[0].bytes == packed.count - missing)
    }

    @Test("a frame with a flipped bit is told, and what came before it counts")
    func corruptFrame() async throws {
        let folder = try TemporaryFolder()
        let first = TemporaryFolder.zstd(Array("{\"text\": \"whole\"}\n".utf8))
        var second = TemporaryFolder.zstd(Array("{\"text\": \"broken\"}\n".utf8))
        second[second.count - 1] ^= 1  // in the checksum
        try folder.write(first + second, to: "s/part.jsonl.zst")
        let audit = try await audit(folder)
        #expect(audit.problemCounts == [.init(kind: .corruptFrame, count: 1)])
        #expect(audit.problems.first?.message.contains("checksum") == true)
        #expect(audit.totals.documents >= 1)
    }

    @Test(
        "bytes after the last frame are told",
        arguments: [([0x0A], ".zst"), (Array("garbage!".utf8), ".zst"), (Array("x".utf8), ".gz")] as [([UInt8], String)]
    )
    func garbage(tail: [UInt8], ending: String) async throws {
        let folder = try TemporaryFolder()
        let bytes = Array("{\"text\": \"whole\"}\n".utf8)
        let packed = ending == ".gz" ? TemporaryFolder.gzip(bytes) : TemporaryFolder.zstd(bytes)
        try folder.write(packed + tail, to: "s/part.jsonl\(ending)")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 1)
        let kind = ending == ".gz" ? ProblemKind.trailingGarbage : .corruptFrame
        #expect(audit.problemCounts == [.init(kind: kind, count: 1)])
    }

    @Test(
        "a frame cut off within its first bytes is told as cut off",
        arguments: [[0x28], [0x28, 0xB5, 0x2F], [0x51], [0x5F, 0x2A, 0x4D]] as [[UInt8]])
    func truncatedMagic(tail: [UInt8]) async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            TemporaryFolder.zstd(Array("{\"text\": \"whole\"}\n".utf8)) + tail, to: "s/part.jsonl.zst")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 1)
        #expect(audit.problemCounts == [.init(kind: .truncatedFrame, count: 1)])
    }

    @Test("an empty file, and one that is not what its name says, are told")
    func unusableFiles() async throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: "s/empty.jsonl")
        try folder.write("plainly not zstd", to: "s/text.jsonl.zst")
        try folder.write("{\"text\": \"named wrongly, read rightly\"}", to: "s/plain.jsonl.zst")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 1)
        #expect(audit.problems.map(\.kind) == [.emptyFile, .notCompressed])
    }

    @Test("files that hold nothing readable do not keep a scan from being merged, and stay problems")
    func unusableFilesOfScans() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\"}\n", to: "s/a.jsonl")
        try folder.write("plainly not zstd", to: "s/text.jsonl.zst")
        let auditor = Auditor(options: AuditOptions(tokenizer: try ByteRatioCounter()))
        let corpus = try Corpus(paths: [folder.path + "/s"])
        let onePass = try await auditor.audit(corpus)
        #expect(onePass.totals.shards == 1 && onePass.problemCounts == [.init(kind: .notCompressed, count: 1)])
        let runs = folder.path + "/runs"
        for _ in 0..<2 {
            let problems = try await auditor.scan(corpus, into: runs)
            #expect(problems.map(\.kind) == [.notCompressed])
            #expect(try await RunMerger().merge([runs]).json.fileText() == onePass.json.fileText())
        }
        let state = folder.path + "/state"
        for _ in 0..<2 { #expect(try await auditor.audit(corpus, state: state) == onePass) }
    }

    @Test("a zstd frame may ask for a window as large as the memory, and no larger", arguments: [64, 128])
    func windows(mebibytes: Int) async throws {
        // Magic, no content size, a window of 2¹⁰⁺¹⁷ bytes; one last raw block (RFC 8878, section 3.1.1).
        let record = Array(#"{"text": "a long way back"}"#.utf8)
        let block = UInt32(record.count) << 3 | 1
        let frame =
            [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3] + (0..<3).map { UInt8(truncatingIfNeeded: block >> (8 * $0)) }
            + record
        let folder = try TemporaryFolder()
        try folder.write(frame, to: "s/long.jsonl.zst")
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.memory = mebibytes << 20
        let audit = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
        #expect(audit.totals.documents == (mebibytes < 128 ? 0 : 1))
        #expect(audit.problems.map(\.kind) == (mebibytes < 128 ? [.windowTooLarge] : []))
        if let problem = audit.problems.first {
            #expect(
                problem.message.contains(
                    "needs a window of 128 MiB, above the limit of \(mebibytes) MiB; give --memory 128MiB or more"))
        }
    }

    @Test("a byte order mark, Windows line ends and a missing last line feed are no damage")
    func harmless() async throws {
        let folder = try TemporaryFolder()
        try folder.write("\u{FEFF}{\"text\": \"a\"}\r\n\r\n{\"text\": \"b\"}", to: "s/part.jsonl")
        let audit = try await audit(folder)
        #expect(audit.totals.documents == 2)
        #expect(audit.problems == [])
    }

    @Test("a record over the limit is told and passed over in bounded memory", arguments: [1_000, 600_000, 3_000_000])
    func longRecord(length: Int) async throws {
        let folder = try TemporaryFolder()
        let long = "{\"text\": \"" + String(repeating: "0", count: length) + "\"}"
        try folder.write("{\"text\": \"a\"}\n\(long)\n{\"text\": \"b\"}", to: "s/part.jsonl")
        let audit = try await audit(folder, maximumRecordBytes: 500)
        #expect(audit.totals.documents == 2)
        #expect(audit.problemCounts == [.init(kind: .recordTooLong, count: 1)])
        #expect(audit.problems.first?.record == 1)
        #expect(audit.problems.first?.byteOffset == 14)
    }

    @Test("a strict audit stops at the first damage")
    func strict() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\"}\n{}\n", to: "s/part.jsonl")
        let error = await #expect(throws: CorpusError.self) { try await audit(folder, strict: true) }
        #expect(error?.description.contains("record 1, byte 14: the record has no key `text`") == true)
    }

    @Test("counts of damage are complete where its list is not")
    func manyProblems() async throws {
        let folder = try TemporaryFolder()
        for part in 0..<12 { try folder.write(String(repeating: "{}\n", count: 150), to: "s/\(part).jsonl") }
        let audit = try await audit(folder)
        #expect(audit.problemCounts == [.init(kind: .missingKey, count: 1_800)])
        #expect(audit.problems.count == Audit.listedProblems)
        #expect(audit.problems.count { $0.shard.hasSuffix("/0.jsonl") } == 100)
    }
}

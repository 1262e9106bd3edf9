import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct MegatronTests {
    private func audit(_ path: String, tokenizer: String = "gpt2", state: String? = nil) async throws -> Audit {
        let options = AuditOptions(tokenizer: PretokenizedCounter(name: tokenizer))
        return try await Auditor(options: options).audit(try Corpus(paths: [path]), state: state)
    }

    @Test(
        "documents of the index are units, and ids are tokens", arguments: [(2, 8), (4, 4), (8, 5)] as [(Int, UInt8)])
    func documents(width: Int, type: UInt8) async throws {
        let folder = try TemporaryFolder()
        let shards = TokenShards(folder: folder)
        try shards.writeMegatron([[1, 2, 3], [4, 5], [1, 2, 3], []], to: "web/a", width: width, type: type)
        try shards.writeMegatron([[4, 5], [6, 50_256]], to: "wiki/b", width: width, type: type)
        let audit = try await audit(folder.path)
        #expect(audit.problems == [])
        #expect(audit.totals.documents == 6)
        #expect(audit.totals.emptyUnits == 1)
        #expect(audit.totals.tokens == 12)
        #expect(audit.totals.uniqueTokens == 7)
        #expect(audit.totals.bytes == 12 * width)
        #expect(audit.sources.map(\.ownedUniqueTokens) == [5, 2])
        #expect(audit.tokenizer.name == "gpt2")
        #expect(!audit.tokenizer.isEstimate)
        #expect(!audit.tokenizer.isCertified)
        #expect(audit.tokenizer.bytesPerToken == nil)
        let inputs = audit.inputs.map { $0.shard.split(separator: "/").last ?? "" }
        #expect(inputs == ["a.bin", "a.idx", "b.bin", "b.idx"])
        #expect(audit.inputs.map(\.documents) == [4, 0, 2, 0])
        #expect(try Audit(parsing: Array(audit.json.fileText().utf8)) == audit)
        #expect(try await InputVerification(of: audit).isUnchanged)
    }

    @Test("a .bin that was emptied is damage where its index names documents with ids")
    func emptied() async throws {
        let folder = try TemporaryFolder()
        let shards = TokenShards(folder: folder)
        try shards.writeMegatron([[1, 2, 3], [4, 5]], to: "web/a", width: 2, type: 8)
        try folder.write([UInt8](), to: "web/a.bin")
        let damaged = try await audit(folder.path)
        #expect(damaged.problems.map(\.kind) == [.badIndex], "\(damaged.problems)")
        #expect(!damaged.isComplete)
        try shards.writeMegatron([[], []], to: "web/a", width: 2, type: 8)
        #expect(try await audit(folder.path).problems.map(\.kind) == [.emptyFile])
    }

    @Test("a document of several sequences is one unit, and is the same however it was cut")
    func sequences() async throws {
        let folder = try TemporaryFolder()
        let ids = [1, 2, 3, 4, 5, 6]
        for (name, cuts) in [("a", [6]), ("b", [1, 2, 3]), ("c", [0, 6, 0])] {
            try folder.write(TokenShards.bytes(ids, width: 2), to: "web/\(name).bin")
            try folder.write(TokenShards.index(documents: [cuts]), to: "web/\(name).idx")
        }
        let audit = try await audit(folder.path)
        #expect(audit.problems == [])
        #expect(audit.totals.documents == 3)
        #expect(audit.totals.uniqueUnits == 1)
        #expect(audit.totals.tokens == 18)
    }

    @Test("documents longer than the window, and gaps between sequences, are hashed alike")
    func large() async throws {
        let folder = try TemporaryFolder()
        let long = (0..<700_000).map { $0 % 60_000 }
        try TokenShards(folder: folder).writeMegatron([[7], long, [8]], to: "web/a")
        // The same document with two strange ids in its middle that the index leaves out.
        let gapped = Array(long[..<300_000]) + [9, 9] + Array(long[300_000...])
        try folder.write(TokenShards.bytes(gapped, width: 2), to: "web/b.bin")
        try folder.write(
            TokenShards.index(documents: [[300_000, 400_000]], offsets: [0, 600_004]), to: "web/b.idx")
        let audit = try await audit(folder.path)
        #expect(audit.problems == [])
        #expect(audit.totals.uniqueUnits == 3)
        #expect(audit.totals.uniqueTokens == 700_002)
    }

    @Test("an index that cannot be right is a problem by name, and what it said rightly counts")
    func damage() async throws {
        let good = TokenShards.index(documents: [[2], [1]])
        func integer(_ value: Int, at offset: Int) -> [UInt8] {
            var bytes = good
            bytes.replaceSubrange(offset..<(offset + 8), with: TokenShards.bytes([value], width: 8))
            return bytes
        }
        var type = good
        type[17] = 7
        var magic = good
        magic[0] = UInt8(ascii: "N")
        var negative = good
        negative.replaceSubrange(34..<38, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let cases: [(String, [UInt8], Int, String)] = [
            ("magic", magic, 0, "does not start as an index does"),
            ("empty header", Array(good[..<20]), 0, "is cut off in its header"),
            ("cut", Array(good.dropLast(3)), 0, "which take 82 bytes, and has 79"),
            ("version", integer(2, at: 9), 0, "is of version 2; this datawall reads version 1"),
            ("type", type, 0, "of type 7, which is no integer"),
            ("count", integer(.max, at: 18), 0, "names 9223372036854775807 sequences"),
            ("bounds", integer(1 << 60, at: 26), 0, "bounds of documents, and has 82 bytes"),
            ("first", integer(1, at: 58), 0, "starts its documents at sequence 1, not 0"),
            ("length", negative, 0, "gives sequence 0 -1 ids"),
            ("outside", integer(6, at: 50), 1, "puts sequence 1 at bytes 6 to 8 of the .bin, which has 6"),
            ("before", integer(0, at: 50), 1, "where the one before it ends at 4"),
            ("far", integer(.max - 1, at: 50), 1, "puts sequence 1 at bytes"),
            ("backwards", integer(-4, at: 50), 1, "puts sequence 1 at bytes -4"),
            ("order", integer(9, at: 66), 0, "ends document 0 at sequence 9, of 2"),
            ("left", integer(1, at: 74), 2, "leaves its last 1 sequences to no document"),
        ]
        for (name, index, documents, message) in cases {
            let folder = try TemporaryFolder()
            try folder.write(TokenShards.bytes([1, 2, 3], width: 2), to: "a/x.bin")
            try folder.write(index, to: "a/x.idx")
            let audit = try await audit(folder.path)
            #expect(audit.problemCounts.map(\.kind) == [.badIndex], "\(name): \(audit.problems)")
            #expect(audit.problems.first?.message.contains(message) == true, "\(name): \(audit.problems)")
            #expect(audit.totals.documents == documents, "\(name)")
            #expect(!audit.isComplete)
        }
        let folder = try TemporaryFolder()
        try folder.write(TokenShards.bytes([1, 2, 3, 4], width: 2), to: "a/x.bin")
        try folder.write(good, to: "a/x.idx")
        let rest = try await audit(folder.path)
        #expect(rest.totals.tokens == 3)
        #expect(rest.problems.first?.message.contains("names the first 6 bytes of the .bin, which has 8") == true)
    }

    @Test("an index that is not there is a problem; a modes column is passed over")
    func companions() async throws {
        let folder = try TemporaryFolder()
        try folder.write(TokenShards.bytes([1, 2, 3], width: 2), to: "a/x.bin")
        let corpus = try Corpus(paths: [folder.path + "/a/x.bin"], format: FormatSelection(kind: .megatron))
        let options = AuditOptions(tokenizer: PretokenizedCounter())
        let audit = try await Auditor(options: options).audit(corpus)
        #expect(audit.problems.map(\.kind) == [.badIndex])
        #expect(audit.problems.first?.message.contains("x.idx cannot be opened") == true)
        #expect(audit.tokenizer.name == "unknown")
        try folder.write(TokenShards.index(documents: [[2], [1]]) + [1, 1], to: "a/x.idx")
        #expect(try await Auditor(options: options).audit(corpus).problems == [])
    }

    @Test("a changed index invalidates its shard's runs, and nothing else does")
    func state() async throws {
        let folder = try TemporaryFolder()
        try TokenShards(folder: folder).writeMegatron([[1, 2], [3]], to: "a/x")
        let state = folder.path + "/state"
        #expect(try await audit(folder.path + "/a", state: state).totals.uniqueUnits == 2)
        #expect(try await audit(folder.path + "/a", state: state).totals.uniqueUnits == 2)
        try folder.write(TokenShards.index(documents: [[1], [1], [1]]), to: "a/x.idx")
        let again = try await audit(folder.path + "/a", state: state)
        #expect(again.totals.uniqueUnits == 3)
        #expect(try await again == audit(folder.path + "/a"))
    }

    @Test("tokens and text are not audited together, nor tokens as what they are not")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        try TokenShards(folder: folder).writeMegatron([[1, 2]], to: "a/x")
        func message(_ change: (inout AuditOptions) -> Void, tokenizer: any TokenCounter) async -> String {
            do {
                var options = AuditOptions(tokenizer: tokenizer)
                change(&options)
                _ = try await Auditor(options: options).audit(try Corpus(paths: [folder.path]))
                return "nothing was thrown"
            } catch {
                return "\(error)"
            }
        }
        let pretokenized = PretokenizedCounter()
        #expect(await message({ _ in }, tokenizer: try ByteRatioCounter()).contains("name their tokenizer"))
        #expect(await message({ $0.level = .line }, tokenizer: pretokenized).contains("no lines (--level document)"))
        #expect(await message({ $0.normalization = .nfc }, tokenizer: pretokenized).contains("cannot be normalized"))
        try folder.write("{\"text\": \"a\"}\n", to: "a/y.jsonl")
        #expect(await message({ _ in }, tokenizer: pretokenized).contains("audit them apart"))
        #expect {
            _ = try Corpus(paths: [try folder.write([1, 2], to: "b/flat.bin")])
        } throws: {
            "\($0)".contains("--format uint16 or uint32 says how wide they are")
        }
    }
}

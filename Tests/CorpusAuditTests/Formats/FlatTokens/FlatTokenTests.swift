import Foundation
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct FlatTokenTests {
    private static func documents(_ bytes: [UInt8], layout: TokenLayout, windowBytes: Int) throws -> [(
        Fingerprint, Int, Int
    )] {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "x.bin")
        var source = try FlatTokenDocuments(
            try ShardStream(path: path, content: .tokens), layout: layout, windowBytes: windowBytes)
        var found: [(Fingerprint, Int, Int)] = []
        while let next = try source.next() { found.append((next.fingerprint, next.bytes, next.offset)) }
        return found
    }

    private static func fingerprint(_ bytes: [UInt8]) -> Fingerprint {
        bytes.withUnsafeBufferPointer { Fingerprint(of: $0) }
    }

    @Test(
        "documents are what splitting the whole array gives, however small the window",
        arguments: [16, 64, 1 << 20], [2, 4])
    func split(windowBytes: Int, width: Int) throws {
        let seed = UInt64(windowBytes + width)
        var random = SeededGenerator(seed: seed)
        for trial in 0..<60 {
            let ids = (0..<Int.random(in: 1...200, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
            let layout = TokenLayout(width: width == 2 ? .two : .four, endOfDocument: trial % 5 == 4 ? nil : 0)
            var wanted: [[Int]] = []
            if layout.endOfDocument == nil {
                wanted = [ids]
            } else if ids[0] == 0 {
                for id in ids { if id == 0 { wanted.append([0]) } else { wanted[wanted.count - 1].append(id) } }
            } else {
                wanted = [[]]
                for id in ids {
                    wanted[wanted.count - 1].append(id)
                    if id == 0 { wanted.append([]) }
                }
                if wanted.last == [] { wanted.removeLast() }
            }
            let found = try Self.documents(
                TokenShards.bytes(ids, width: width), layout: layout, windowBytes: windowBytes)
            #expect(
                found.map(\.0) == wanted.map { Self.fingerprint(TokenShards.bytes($0, width: width)) },
                "seed \(seed), trial \(trial)")
            #expect(found.reduce(0) { $0 + $1.1 } == ids.count * width)
        }
    }

    @Test("the same documents repeat whether an id ends or starts them")
    func styles() async throws {
        let folder = try TemporaryFolder()
        try folder.write(TokenShards.bytes([5, 6, 9, 7, 9, 5, 6, 9], width: 2), to: "a/x.bin")
        let format = FormatSelection(kind: .uint16, endOfDocument: 9)
        let options = AuditOptions(tokenizer: PretokenizedCounter(name: "gpt2"))
        let ends = try await Auditor(options: options).audit(try Corpus(paths: [folder.path], format: format))
        try folder.write(TokenShards.bytes([9, 5, 6, 9, 7, 9, 5, 6], width: 2), to: "a/x.bin")
        let starts = try await Auditor(options: options).audit(try Corpus(paths: [folder.path], format: format))
        for audit in [ends, starts] {
            #expect(audit.totals.documents == 3)
            #expect(audit.totals.tokens == 8)
            #expect(audit.totals.uniqueTokens == 5)
            #expect(audit.options.sources.first?.value == [.init(format: "uint16-eod-9")])
        }
    }

    @Test("a file that ends inside an id is a problem, and the ids before it count")
    func odd() async throws {
        let folder = try TemporaryFolder()
        try folder.write(TokenShards.bytes([5, 6, 7], width: 4) + [1, 2, 3], to: "a/x.bin")
        let options = AuditOptions(tokenizer: PretokenizedCounter())
        let corpus = try Corpus(paths: [folder.path], format: FormatSelection(kind: .uint32))
        let audit = try await Auditor(options: options).audit(corpus)
        #expect(audit.totals.tokens == 3)
        #expect(audit.problems.map(\.kind) == [.truncatedToken])
        #expect(
            audit.problems.first?.message
                == "the file ends 3 bytes into an id of 4 bytes; the document before it counts")
    }

    @Test("ids that look like a compressed file are ids; a compressed file of ids is told by its name")
    func compression() async throws {
        let folder = try TemporaryFolder()
        // 1F 8B starts gzip, 28 B5 2F FD zstd.
        let gzipLike = [0x8B1F, 1, 2]
        let zstdLike = [0xB528, 0xFD2F, 1]
        try folder.write(TokenShards.bytes(gzipLike, width: 2), to: "a/x.bin")
        try folder.write(TokenShards.bytes(zstdLike, width: 2), to: "a/y.bin")
        try folder.write(TemporaryFolder.zstd(TokenShards.bytes(zstdLike, width: 2)), to: "a/z.bin.zst")
        let options = AuditOptions(tokenizer: PretokenizedCounter())
        let corpus = try Corpus(paths: [folder.path], format: FormatSelection(kind: .uint16))
        let audit = try await Auditor(options: options).audit(corpus)
        #expect(audit.problems == [])
        #expect(audit.totals.tokens == 9)
        #expect(audit.totals.uniqueTokens == 6)
    }

    @Test("a header is no token, and what it announces is held against the ids")
    func headers() async throws {
        let options = AuditOptions(tokenizer: PretokenizedCounter(name: "gpt2"))
        func audit(_ bytes: [UInt8], _ name: String, _ kind: FormatSelection.Kind = .uint16) async throws -> Audit {
            let folder = try TemporaryFolder()
            let path = try folder.write(bytes, to: "a/" + name)
            let format = FormatSelection(kind: kind, endOfDocument: 9)
            return try await Auditor(options: options).audit(try Corpus(paths: [path], format: format))
        }
        let ids = [9, 5, 6, 9, 7, 9, 5, 6]
        for (name, width, header) in [
            ("x.bin", 2, TokenShards.llmC(count: 8)), ("x.npy", 2, TokenShards.numPy("<u2", count: 8)),
            ("y.bin", 4, TokenShards.llmC(count: 8, magic: 20_240_801, version: 7)),
            ("y.npy", 4, TokenShards.numPy("<i4", count: 8)), ("z.npy", 2, []),
        ] {
            let bytes = header + TokenShards.bytes(ids, width: width)
            let found = try await audit(bytes, name, width == 2 ? .uint16 : .uint32)
            #expect(found.problems == [], "\(name)")
            #expect(found.totals.documents == 3)
            #expect(found.totals.tokens == 8)
            #expect(found.totals.uniqueTokens == 5)
            #expect(found.inputs.map(\.bytes) == [bytes.count])
        }
        for (count, message) in [(9, "announces 1 more ids than the file has"), (7, "has 1 more ids than its header")] {
            let found = try await audit(TokenShards.llmC(count: count) + TokenShards.bytes(ids, width: 2), "x.bin")
            #expect(found.totals.tokens == 8)
            #expect(found.problems.map(\.kind) == [.badHeader])
            #expect(found.problems.first?.message.contains(message) == true)
        }
        for (name, header) in [("f.npy", TokenShards.numPy("<f4", count: 2)), ("w.bin", TokenShards.llmC(count: 4))] {
            let error = await #expect(throws: CorpusError.self) {
                _ = try await audit(header + TokenShards.bytes(ids, width: 2), name, .uint32)
            }
            #expect(error?.description.contains("as wide as --format says") == true)
        }
    }

    @Test("layouts and formats read back from their names")
    func names() {
        let layouts = [
            TokenLayout(width: .two), TokenLayout(width: .four), TokenLayout(width: .two, endOfDocument: 50_256),
            TokenLayout(width: .four, endOfDocument: .max),
        ]
        for format in [.jsonLines, .textFile, .textLines, .megatron] + layouts.map(ShardFormat.tokens) {
            #expect(ShardFormat(name: format.description) == format)
        }
        for name in ["", "uint8", "uint16-eod", "uint16-eod-x", "uint16-bos-1", "uint16-eod-1-2", "arrow"] {
            #expect(ShardFormat(name: name) == nil, "\(name)")
        }
    }
}

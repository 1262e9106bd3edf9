import Testing
import TokenCounting

@testable import CorpusAudit

/// What follows the last gzip member: ignored with a note where gzip ignores it and nothing can be lost.
@Suite struct GzipTailTests {
    private static let lines = (0..<300).map { "{\"text\": \"document \($0)\"}\n" }.joined()

    private func audit(_ tail: [UInt8], members: Int = 1, isStrict: Bool = false) async throws -> Audit {
        let folder = try TemporaryFolder()
        let packed = TemporaryFolder.gzip(Array(Self.lines.utf8))
        try folder.write([[UInt8]](repeating: packed, count: members).flatMap { $0 } + tail, to: "s/part.jsonl.gz")
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.isStrict = isStrict
        return try await Auditor(options: options).audit(Corpus(paths: [folder.path]))
    }

    private static let small = Array("not gzip at all".utf8)
    private static let zeros = [UInt8](repeating: 0, count: 300_000)

    @Test(
        "padding and a little garbage are notes: all documents count, and the audit is complete",
        arguments: [1, 3],
        [
            ([0], .trailingPadding, "1 zero byte after the last gzip member is ignored"),
            (zeros, .trailingPadding, "300000 zero bytes after"),
            (small, .trailingGarbage, "15 bytes after the last gzip member are not gzip and ignored"),
            (Array(zeros.prefix(512)) + small, .trailingGarbage, "527 bytes after"),
            (Array("x".utf8), .trailingGarbage, "1 byte after the last gzip member is not gzip"),
        ] as [([UInt8], ProblemKind, String)])
    func notes(members: Int, expected: (tail: [UInt8], kind: ProblemKind, message: String)) async throws {
        let (tail, kind, message) = expected
        let audit = try await audit(tail, members: members)
        #expect(audit.totals.documents == 300 * members)
        #expect(audit.problemCounts == [.init(kind: kind, count: 1)])
        #expect(audit.problems.first?.message.hasPrefix(message) == true, "\(audit.problems)")
        #expect(audit.isComplete)
        #expect(audit.damagedShare == 0)
        await #expect(throws: CorpusError.self) { try await self.audit(tail, isStrict: true) }
    }

    /// A member whose header is damaged, so that it could be taken for garbage.
    private static func damaged(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var member = TemporaryFolder.gzip(Array(lines.utf8))
        change(&member)
        return member
    }

    @Test(
        "what may be a damaged member is damage",
        arguments: [
            damaged { $0[0] ^= 1 }, damaged { $0[1] ^= 0x80 }, damaged { $0[2] = 7 },
            // A gap of zeros, or garbage, before members that are whole.
            [UInt8](repeating: 0, count: 100) + damaged { _ in }, Array("garbage".utf8) + damaged { _ in },
            (0..<70_000).map { UInt8(truncatingIfNeeded: $0 % 251 + 1) },
            [0x1F], [0x1F, 0x8B, 0x08],
            // Files of another kind that were joined to it.
            TemporaryFolder.zstd(Array(lines.utf8)), Array(lines.utf8),
        ] as [[UInt8]])
    func damage(tail: [UInt8]) async throws {
        let audit = try await audit(tail)
        #expect(audit.totals.documents == 300)
        #expect(audit.problemCounts == [.init(kind: .corruptFrame, count: 1)], "\(audit.problems)")
        #expect(!audit.isComplete)
    }

    @Test("a header is found wherever reads end", arguments: 1...9)
    func borders(step: Int) {
        let bytes = Array("some garbage ".utf8) + [0x1F, 0x8B, 0x08, 0x00] + Array(" and more".utf8)
        var tail = GzipTail()
        bytes.withUnsafeBytes { all in
            for start in stride(from: 0, to: all.count, by: step) {
                tail.add(UnsafeRawBufferPointer(rebasing: all[start..<min(start + step, all.count)]))
            }
        }
        #expect(tail.count == bytes.count)
        #expect(tail.note == nil)
    }
}

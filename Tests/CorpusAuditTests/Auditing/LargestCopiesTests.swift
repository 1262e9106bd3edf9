import Testing

@testable import CorpusAudit

@Suite struct LargestCopiesTests {
    @Test("the largest number of copies is exact, in all and by source, on every way to the audit")
    func exact() async throws {
        let folder = try TemporaryFolder()
        for (name, copies) in [("a", 13), ("b", 9)] {
            let lines =
                String(repeating: "{\"text\": \"often\"}\n", count: copies) + "{\"text\": \"once in \(name)\"}\n"
            try folder.write(lines, to: "data/\(name)/1.jsonl")
            try folder.write("{\"text\": \"often\"}\n", to: "data/\(name)/2.jsonl")
        }
        try folder.write("{\"text\": \"once\"}\n", to: "data/c/1.jsonl")
        let auditor = Auditor(options: AuditOptions(tokenizer: ByteKindCounter()))
        let corpus = try Corpus(paths: [folder.path + "/data"])
        let runs = folder.path + "/runs"
        _ = try await auditor.scan(corpus, into: runs)
        for audit in [try await auditor.audit(corpus), try await RunMerger().merge([runs])] {
            #expect(audit.largestCopies == 24)
            #expect(audit.sources.map(\.largestCopies) == [14, 10, 1])
        }
        try folder.write("", to: "none/1.jsonl")
        let empty = try await auditor.audit(try Corpus(paths: [folder.path + "/none"]))
        #expect(empty.largestCopies == 0)
    }
}

import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditOptionsTests {
    @Test(
        "an option out of its range is refused where it is used, by name",
        arguments: [
            "threads", "threads", "memory", "memory", "topCopies", "topCopies", "maximumRecordBytes", "sampleShare",
            "sampleShare", "sampleShare", "furtherTokenizers",
        ].enumerated().map { ($0.offset, $0.element) })
    func refused(number: Int, name: String) async throws {
        let small = try SmallCorpus(seed: 63, shards: 1, records: 2)
        var options = try small.options()
        let counter = try ByteRatioCounter()
        switch number {
        case 0: options.threads = 0
        case 1: options.threads = -3
        case 2: options.memory = 0
        case 3: options.memory = .min
        case 4: options.topCopies = -1
        case 5: options.topCopies = .max
        case 6: options.maximumRecordBytes = 0
        case 7: options.sampleShare = 0
        case 8: options.sampleShare = 1.5
        case 9: options.sampleShare = .nan
        default: options.furtherTokenizers = [any TokenCounter](repeating: counter, count: 64)
        }
        let (auditor, corpus) = (Auditor(options: options), try small.corpus())
        let builder = AuditBuilder(options: options)
        let errors = [
            await #expect(throws: RunError.self) { try await auditor.audit(corpus) },
            await #expect(throws: RunError.self) { try await auditor.scan(corpus, into: small.folder.path + "/runs") },
            #expect(throws: RunError.self) { try builder.attempt(0, at: "job") },
        ]
        for error in errors {
            guard case .unusableOption(name, _)? = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("a sample of everything is a count")
    func wholeSample() async throws {
        let small = try SmallCorpus(seed: 64, shards: 2, records: 10)
        var options = try small.options()
        let counted = try await Auditor(options: options).audit(try small.corpus())
        options.sampleShare = 1
        #expect(try await Auditor(options: options).audit(try small.corpus()) == counted)
    }

    @Test("a merge and a list refuse options out of their range, and declarations that no manifest may hold")
    func merging() async throws {
        let small = try SmallCorpus(seed: 65, shards: 1, records: 2)
        let runs = small.folder.path + "/runs"
        _ = try await Auditor(options: try small.options()).scan(try small.corpus(), into: runs)
        for merger in [RunMerger(threads: 0), RunMerger(memory: 0), RunMerger(topCopies: -1)] {
            await #expect(throws: RunError.self) { try await merger.merge([runs]) }
        }
        for keeper in [RecordKeeper(copies: 0), RecordKeeper(threads: 0), RecordKeeper(memory: -1)] {
            await #expect(throws: RunError.self) { try await keeper.keep([runs], into: small.folder.path + "/keep") }
        }
        for quality in [-1, .nan, .infinity, 1e300] {
            await #expect(throws: CorpusError.self) {
                try await RunMerger().merge([runs], declarations: [SourceDeclaration(name: "web", quality: quality)])
            }
        }
        let twice = [SourceDeclaration(name: "web"), SourceDeclaration(name: "web")]
        await #expect(throws: CorpusError.self) { try await RunMerger().merge([runs], declarations: twice) }
    }
}

import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct SampledAuditTests {
    private func options(_ share: Double?, level: Audit.Level = .document, threads: Int = 2) -> AuditOptions {
        var options = AuditOptions(tokenizer: ByteKindCounter())
        options.sampleShare = share
        options.level = level
        options.threads = threads
        return options
    }

    /// Two sources of many short texts with copies, one rich in spaces, and one of a single text.
    private func corpus(_ folder: TemporaryFolder) throws -> Corpus {
        var random = SeededGenerator(seed: 77)
        for (source, gap) in [("close", 9), ("wide", 3)] {
            var lines: [String] = []
            for index in 0..<3_000 {
                let words = (0..<Int.random(in: 4...40, using: &random)).map { _ in
                    String(repeating: "x", count: Int.random(in: 1...gap, using: &random))
                }
                let line = "{\"text\": \"\(index) \(words.joined(separator: " "))\"}"
                lines += [String](repeating: line, count: index % 5 == 0 ? 3 : 1)
            }
            let half = lines.count / 2
            try folder.write(lines[..<half].joined(separator: "\n"), to: "shards/\(source)/a.jsonl")
            try folder.write(lines[half...].joined(separator: "\n"), to: "shards/\(source)/b.jsonl")
        }
        try folder.write("{\"text\": \"one alone here\"}", to: "shards/tiny/a.jsonl")
        return try Corpus(paths: [folder.path + "/shards"])
    }

    @Test("estimates lie by the exact counts, within their interval, and say what they are")
    func accuracy() async throws {
        let folder = try TemporaryFolder()
        let corpus = try corpus(folder)
        let exact = try await Auditor(options: options(nil)).audit(corpus)
        let audit = try await Auditor(options: options(0.2)).audit(corpus)
        #expect(!exact.tokenizer.isEstimate)
        #expect(exact.tokenizer.isCertified)
        #expect(exact.tokenizer.sample == nil)
        #expect(audit.tokenizer.isEstimate)
        #expect(!audit.tokenizer.isCertified)
        #expect(audit.tokenizer.name == "spaces")
        let interval = try #require(audit.tokenizer.bytesPerTokenInterval)
        let ratio = try #require(audit.tokenizer.bytesPerToken)
        #expect(interval.contains(ratio))
        #expect(interval.contains(try #require(exact.tokenizer.bytesPerToken)))
        #expect(interval.upperBound / interval.lowerBound < 1.05)
        // Everything but the tokens is exact.
        #expect(audit.totals.uniqueUnits == exact.totals.uniqueUnits)
        #expect(audit.totals.uniqueBytes == exact.totals.uniqueBytes)
        for (estimate, truth) in zip(audit.sources, exact.sources) {
            #expect(estimate.name == truth.name)
            #expect(estimate.units == truth.units)
            #expect(abs(Double(estimate.tokens) / Double(truth.tokens) - 1) < (truth.name == "tiny" ? 1 : 0.03))
        }
        #expect(audit.sources.reduce(0) { $0 + $1.ownedUniqueTokens } == audit.totals.uniqueTokens)
        #expect(audit.copies.reduce(0) { $0 + $1.occurrenceTokens } == audit.totals.tokens)
        let sample = try #require(audit.tokenizer.sample)
        #expect(sample.share == 0.2)
        #expect(sample.strata.map(\.sources) == [["close"], ["wide"], ["tiny"]])
        #expect(sample.strata[0].bytesPerToken ?? 0 > sample.strata[1].bytesPerToken ?? 0)
        // About a fifth of the distinct texts, each once.
        #expect((500...700).contains(sample.strata[0].units))
        let text = audit.json.fileText()
        #expect(try Audit(parsing: Array(text.utf8)) == audit)
    }

    @Test(
        "a sample is the same, byte for byte, whatever the threads, the parts and the resumes",
        arguments: [Audit.Level.document, .line])
    func determinism(level: Audit.Level) async throws {
        let folder = try TemporaryFolder()
        let paths = try corpus(folder).shards.map(\.location)
        let corpus = try Corpus(paths: paths)
        let whole = try await Auditor(options: options(0.1, level: level, threads: 1)).audit(corpus).json.fileText()
        let threaded = try await Auditor(options: options(0.1, level: level, threads: 3)).audit(corpus)
        #expect(threaded.json.fileText() == whole)
        for (part, share) in [paths[..<2], paths[2...]].enumerated() {
            _ = try await Auditor(options: options(0.1, level: level))
                .scan(Corpus(paths: Array(share)), into: "\(folder.path)/runs-\(part)")
        }
        let merged = try await RunMerger(threads: 2).merge([folder.path + "/runs-1", folder.path + "/runs-0"])
        #expect(merged.json.fileText() == whole)
        let state = folder.path + "/state"
        _ = try await Auditor(options: options(0.1, level: level)).audit(Corpus(paths: [paths[1]]), state: state)
        let resumed = try await Auditor(options: options(0.1, level: level)).audit(corpus, state: state)
        #expect(resumed.json.fileText() == whole)
        // Another share makes other runs, which the folder takes once it is told to throw away those it has.
        let other = Auditor(options: options(0.2, level: level))
        await #expect(throws: RunError.self) { try await other.audit(corpus, state: state) }
        let progress = ScanProgress()
        _ = try await other.audit(corpus, state: state, restarts: true, progress: progress)
        #expect(progress.snapshot.shards == paths.count)
    }

    @Test("a sample that holds nothing is refused, and one of nothing is nothing")
    func empty() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a b\"}", to: "s/a.jsonl")
        let corpus = try Corpus(paths: [folder.path])
        let error = await #expect(throws: CorpusError.self) {
            try await Auditor(options: options(1e-12)).audit(corpus)
        }
        #expect(
            error?.description
                == "none of the corpus's distinct texts fell into a sample of 1e-12; sample more of them, or count all")
        try folder.write("{\"text\": \"\"}", to: "s/a.jsonl")
        let nothing = try await Auditor(options: options(0.5)).audit(Corpus(paths: [folder.path]))
        #expect(nothing.totals.tokens == 0)
        #expect(nothing.tokenizer.bytesPerToken == nil)
    }

    @Test("runs of unlike samples do not merge")
    func mixed() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a b\"}", to: "s/a.jsonl")
        try folder.write("{\"text\": \"a b\"}", to: "t/a.jsonl")
        let paths = [folder.path + "/s", folder.path + "/t"]
        _ = try await Auditor(options: options(0.5)).scan(Corpus(paths: [paths[0]]), into: folder.path + "/runs-0")
        _ = try await Auditor(options: options(nil)).scan(Corpus(paths: [paths[1]]), into: folder.path + "/runs-1")
        let error = await #expect(throws: RunError.self) {
            try await RunMerger().merge([folder.path + "/runs-0", folder.path + "/runs-1"])
        }
        #expect(error?.description.contains("another --sample") == true)
    }
}

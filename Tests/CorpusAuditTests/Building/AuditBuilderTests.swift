import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Documents pushed from memory make the audit that the same documents in files make.
@Suite struct AuditBuilderTests {
    private struct Document {
        var text: String
        var source: String
        var quality: Double
    }

    private func options(level: Audit.Level = .document) throws -> AuditOptions {
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.level = level
        options.threads = 2
        return options
    }

    /// Documents of several jobs, with repeats within and between them.
    private func documents(seed: UInt64) -> [String: [Document]] {
        var random = SeededGenerator(seed: seed)
        var jobs: [String: [Document]] = [:]
        for job in 0..<5 {
            jobs["part-\(job)"] = (0..<200).map { _ in
                let number = Int.random(in: 0..<300, using: &random)
                return Document(
                    text: number == 0 ? "" : "line \(number)\n\nanother \(number % 17)\nlast",
                    source: ["web", "wiki", "code"][Int.random(in: 0..<3, using: &random)],
                    quality: Double(Int.random(in: 0...4, using: &random)) / 2)
            }
        }
        return jobs
    }

    private func push(_ jobs: [String: [Document]], to builder: AuditBuilder, attempt: Int = 1) throws {
        for (name, documents) in jobs.shuffled() {
            let attempt = try builder.attempt(attempt, at: name)
            for document in documents {
                try attempt.add(document.text, source: document.source, quality: document.quality)
            }
            try attempt.finish()
        }
    }

    private func fromFiles(_ jobs: [String: [Document]], _ options: AuditOptions) async throws -> Audit {
        let folder = try TemporaryFolder()
        for (name, documents) in jobs {
            let lines = documents.map { document in
                let text = document.text.replacingOccurrences(of: "\n", with: "\\n")
                return "{\"text\": \"\(text)\", \"source\": \"\(document.source)\", \"quality\": \(document.quality)}"
            }
            try folder.write(lines.joined(separator: "\n"), to: name)
        }
        let fields = try FieldSelection(source: FieldPath("source"), quality: FieldPath("quality"))
        let paths = jobs.keys.sorted().map { "\(folder.path)/\($0)" }
        return try await Auditor(options: options).audit(try Corpus(paths: paths, fields: fields))
    }

    private func expectSame(_ left: Audit, _ right: Audit, _ comment: Comment) {
        #expect(left.totals == right.totals, comment)
        #expect(left.sources == right.sources, comment)
        #expect(left.overlap == right.overlap, comment)
        #expect(left.copies == right.copies, comment)
        #expect(left.inputs.map(\.documents) == right.inputs.map(\.documents), comment)
        #expect(left.inputs.map(\.sources) == right.inputs.map(\.sources), comment)
    }

    @Test(
        "documents from memory and from files make one audit",
        arguments: [Audit.Level.document, .paragraph, .line], [1, 2] as [UInt64])
    func sameAudit(level: Audit.Level, seed: UInt64) async throws {
        let jobs = documents(seed: seed)
        let options = try options(level: level)
        let builder = AuditBuilder(options: options)
        try push(jobs, to: builder)
        let audit = try await builder.audit()
        expectSame(audit, try await fromFiles(jobs, options), "seed \(seed)")
        #expect(audit.inputs.map(\.shard) == jobs.keys.sorted())
        #expect(audit.options.sources.allSatisfy { $0.value == [.init(format: "memory")] })
        #expect(audit.madeBy == nil)

        let folder = try TemporaryFolder()
        try push(jobs, to: AuditBuilder(options: options, folder: folder.path + "/runs"))
        let merged = try await RunMerger(threads: 2).merge([folder.path + "/runs"])
        #expect(merged.json.fileText() == audit.json.fileText(), "seed \(seed)")
    }

    @Test("finished attempts that fill the memory go to disk and count as before")
    func tightMemory() async throws {
        let jobs = documents(seed: 3)
        var options = try options(level: .line)
        let roomy = AuditBuilder(options: options)
        try push(jobs, to: roomy)
        options.memory = 1 << 16
        let tight = AuditBuilder(options: options)
        try push(jobs, to: tight)
        #expect(try await tight.audit().json.fileText() == (try await roomy.audit()).json.fileText())
    }

    @Test("a retried attempt replaces and never adds", arguments: [true, false])
    func retries(usesFolder: Bool) async throws {
        let folder = try TemporaryFolder()
        let jobs = documents(seed: 4)
        let plain = AuditBuilder(options: try options())
        try push(jobs, to: plain)
        let expected = try await plain.audit().json.fileText()

        let builder = AuditBuilder(options: try options(), folder: usesFolder ? folder.path + "/runs" : nil)
        // A straggler: begun first, finished last, of a lower number.
        let straggler = try builder.attempt(1, at: "part-0")
        try straggler.add("of the first attempt", source: "web")
        let dead = try builder.attempt(1, at: "part-1")
        try dead.add("never finished", source: "web")
        try push(jobs, to: builder, attempt: 2)
        try push(["part-2": jobs["part-2"] ?? []], to: builder, attempt: 3)
        if !usesFolder { try straggler.finish() }
        #expect(try await builder.audit().json.fileText() == expected)
    }

    @Test("of two finished attempts that lie side by side the higher counts")
    func attemptsSideBySide() async throws {
        let folder = try TemporaryFolder()
        let builder = AuditBuilder(options: try options(), folder: folder.path)
        let second = try builder.attempt(2, at: "job")
        try second.add("second", source: "web")
        try second.finish()
        let first = try builder.attempt(1, at: "job")
        try first.add("first attempt", source: "web")
        try first.finish()
        #expect(try await builder.audit().totals.bytes == 6)
    }

    @Test(
        "a job that was begun and not finished is refused by name, unless it was discarded", arguments: [true, false])
    func unfinished(usesFolder: Bool) async throws {
        let folder = try TemporaryFolder()
        let builder = AuditBuilder(options: try options(), folder: usesFolder ? folder.path : nil)
        let sound = try builder.attempt(0, at: "sound")
        try sound.add("text", source: "web")
        try sound.finish()
        let open = try builder.attempt(0, at: "open")
        try open.add("lost", source: "web")
        let error = await #expect(throws: RunError.self) { try await builder.audit() }
        #expect("\(try #require(error))".contains("open"))
        open.discard()
        #expect(try await builder.audit().totals.documents == 1)
    }

    @Test("runs of jobs merge with runs of files")
    func withScans() async throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"text": "shared"}"# + "\n" + #"{"text": "from a file"}"#, to: "s/web/a.jsonl")
        _ = try await Auditor(options: try options())
            .scan(try Corpus(paths: [folder.path + "/s"]), into: folder.path + "/scanned")
        let builder = AuditBuilder(options: try options(), folder: folder.path + "/pushed")
        let attempt = try builder.attempt(1, at: "job")
        try attempt.add("shared", source: "wiki")
        try attempt.finish()
        let audit = try await RunMerger().merge([folder.path + "/pushed", folder.path + "/scanned"])
        #expect(audit.totals.uniqueUnits == 2)
        #expect(audit.overlap.map(\.units) == [1])
        #expect(audit.inputs.count == 2)
    }

    @Test("tokens that are known are taken, bytes that are not UTF-8 are mended and reported")
    func tokensAndBytes() async throws {
        let builder = AuditBuilder(options: AuditOptions(tokenizer: PretokenizedCounter(name: "ours")))
        let attempt = try builder.attempt(1, at: "job")
        #expect(throws: DocumentError.noTokens) { try attempt.add("four", source: "web") }
        try attempt.add("four", source: "web", tokens: 7)
        try [0x61, 0xFF, 0x62].withUnsafeBufferPointer { try attempt.add(utf8: $0, source: "web", tokens: 3) }
        try attempt.finish()
        let audit = try await builder.audit()
        #expect(audit.totals.tokens == 10)
        #expect(audit.totals.bytes == 4 + 5)
        #expect(audit.problemCounts.map(\.kind) == [.invalidUTF8])
        #expect(audit.problems.first?.record == 1)
    }

    @Test("what cannot be taken says why, and the attempt goes on")
    func refusals() async throws {
        let builder = AuditBuilder(options: try options())
        let attempt = try builder.attempt(1, at: "job")
        #expect(throws: DocumentError.noSource) { try attempt.add("text", source: "") }
        #expect(throws: DocumentError.unusableQuality(17)) { try attempt.add("text", source: "web", quality: 17) }
        #expect(throws: DocumentError.self) { try attempt.add("text", source: "web", quality: .nan) }
        #expect(throws: DocumentError.tokensOfEstimate) { try attempt.add("text", source: "web", tokens: 1) }
        try attempt.add("text", source: "web")
        try attempt.finish()
        #expect(throws: DocumentError.finished(job: "job")) { try attempt.add("text", source: "web") }
        #expect(try await builder.audit().totals.documents == 1)

        let counted = AuditBuilder(options: AuditOptions(tokenizer: PretokenizedCounter()))
        #expect(throws: DocumentError.unusableTokens(-1)) {
            try counted.attempt(1, at: "job").add("text", source: "web", tokens: -1)
        }

        let lines = AuditBuilder(options: try options(level: .line))
        #expect(throws: DocumentError.tokensOfParts) {
            try lines.attempt(1, at: "job").add("a\nb", source: "web", tokens: 2)
        }
    }
}

import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

/// Processes that share the search for near copies find what one finds.
@Suite struct NearPassTests {
    private struct Scanned {
        let corpus: NearCorpus
        let runs: String
        let passes: String
        let whole: String

        init(seed: UInt64, documents: Int = 240, _ change: (inout AuditOptions) -> Void = { _ in }) async throws {
            corpus = try NearCorpus(seed: seed, documents: documents)
            runs = corpus.folder.path + "/runs"
            passes = corpus.folder.path + "/passes"
            var options = try NearCorpus.options()
            change(&options)
            for task in 0..<3 {
                let share = try #require(ScanTask("\(task)/3"))
                _ = try await Auditor(options: options).scan(corpus.corpus(), into: runs, task: share)
            }
            whole = try await Auditor(options: options).audit(corpus.corpus()).json.fileText()
        }

        func merger(memory: Int = 1 << 20, threads: Int = 1) -> RunMerger {
            var merger = RunMerger(threads: threads, memory: memory)
            merger.nearFolder = passes
            return merger
        }

        func run(_ pass: NearPass, _ range: PartitionRange = .all, memory: Int = 1 << 20) async throws -> NearPassReport
        {
            try await merger(memory: memory).run(pass, of: [runs], partitions: range)
        }

        func reduce(_ range: PartitionRange, threads: Int = 1) async throws -> String {
            let path = "\(corpus.folder.path)/part-\(range.description).json"
            try await merger(threads: threads).reduce([runs], partitions: range).write(to: path)
            return path
        }
    }

    /// All partitions, cut at random places.
    private static func cut(_ random: inout SeededGenerator) throws -> [PartitionRange] {
        let count = Int.random(in: 0...4, using: &random)
        let ends = Set((0..<count).map { _ in Int.random(in: 1..<PartitionRange.count, using: &random) }).sorted()
        return try zip([0] + ends, ends + [PartitionRange.count])
            .map { try #require(PartitionRange("\($0)-\($1 - 1)")) }.shuffled(using: &random)
    }

    private static func message(_ body: () async throws -> Void) async -> String {
        do { try await body() } catch { return "\(error)" }
        return "no error"
    }

    @Test(
        "Passes over random partitions make the audit of one pass, byte for byte", arguments: [21, 22, 23] as [UInt64])
    func split(seed: UInt64) async throws {
        let scanned = try await Scanned(seed: seed) { options in
            if seed == 22 { options.nearDuplicates = NearOptions(sample: 0.5) }
            if seed == 23 {
                options.tokenizer = ByteKindCounter()
                options.furtherTokenizers = [ByteKindCounter("letters e", counting: 0x65)]
            }
        }
        var random = SeededGenerator(seed: seed)
        for pass in NearPass.allCases {
            for range in pass == .copies ? [.all] : try Self.cut(&random) {
                let memory = Bool.random(using: &random) ? 1 << 16 : 1 << 22
                let report = try await scanned.run(pass, range, memory: memory)
                #expect(!report.wasDone)
                #expect(try await scanned.run(pass, range).wasDone)
            }
        }
        let merged = try await scanned.merger().merge([scanned.runs])
        #expect(merged.json.fileText() == scanned.whole)
        var parts: [String] = []
        for range in try Self.cut(&random) {
            parts.append(try await scanned.reduce(range, threads: Int.random(in: 1...3, using: &random)))
        }
        let added = try await scanned.merger().merge([scanned.runs], partials: parts)
        #expect(added.json.fileText() == scanned.whole, "seed \(seed)")
    }

    @Test("What is missing, doubled, or made from other runs or outputs is refused by name")
    func refusals() async throws {
        let scanned = try await Scanned(seed: 24, documents: 60)
        let (low, high) = (try #require(PartitionRange("0-99")), try #require(PartitionRange("100-4095")))
        let early = await Self.message { _ = try await scanned.run(.counts) }
        #expect(early.contains("the pass pairs has no output for the partitions 0-4095"))
        _ = try await scanned.run(.pairs, low)
        let half = await Self.message { _ = try await scanned.run(.counts) }
        #expect(half.contains("for the partitions 100-4095; `merge --near-pass pairs --partitions 100-4095"))
        _ = try await scanned.run(.pairs, high)
        _ = try await scanned.run(.pairs, try #require(PartitionRange("50-120")))
        let twice = await Self.message { _ = try await scanned.run(.counts) }
        #expect(twice.contains("its partitions 50-120 are in \(scanned.passes)/pairs-0-99 too"))
        try FileManager.default.removeItem(atPath: scanned.passes + "/pairs-50-120")
        _ = try await scanned.run(.counts)

        // The pass before is done again in other parts: what was made from the first is no longer right.
        for name in ["pairs-0-99", "pairs-100-4095"] {
            try FileManager.default.removeItem(atPath: "\(scanned.passes)/\(name)")
        }
        _ = try await scanned.run(.copies)
        _ = try await scanned.run(.pairs)
        let stale = await Self.message { _ = try await scanned.merger().merge([scanned.runs]) }
        #expect(stale.contains("counts-0-4095 cannot be used for this: it was made from other outputs"))

        let other = try await Scanned(seed: 25, documents: 60)
        let foreign = await Self.message { _ = try await scanned.merger().merge([other.runs]) }
        #expect(foreign.contains("it was made from other runs"))
        let path = scanned.passes + "/pairs-0-4095/000001.run"
        try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(40).write(to: URL(fileURLWithPath: path))
        let cut = await Self.message { _ = try await scanned.run(.counts) }
        #expect(cut.contains("000001.run cannot be used for this: it is cut off; remove"))
        let some = await Self.message { _ = try await scanned.run(.copies, low) }
        #expect(some.contains("one process does the pass copies"))
    }

    @Test("Sums are added up with the owners that were found with them, and no others")
    func owners() async throws {
        let scanned = try await Scanned(seed: 26, documents: 90)
        for pass in NearPass.allCases { _ = try await scanned.run(pass) }
        let part = try await scanned.reduce(.all)
        let alone = await Self.message { _ = try await RunMerger().merge([scanned.runs], partials: [part]) }
        #expect(alone.contains("name their folder (--near-folder)"))
        let owners = scanned.passes + "/owners-0-4095"
        let kept = try FileManager.default.contentsOfDirectory(atPath: scanned.passes).sorted()
        #expect(kept == ["copies-0-4095", "counts-0-4095", "owners-0-4095", "pairs-0-4095"], "nothing is left over")
        let declarations = [SourceDeclaration(name: "web", quality: 2)]
        let again = try await scanned.merger().reduce([scanned.runs], declarations: declarations, partitions: .all)
        let other = await Self.message { _ = try await scanned.merger().merge([scanned.runs], partials: [part]) }
        #expect(
            other.contains("\(owners) cannot be used for this: it was made from other runs, or under another manifest"))
        try again.write(to: part)
        let weighted = try await scanned.merger().merge([scanned.runs], declarations: declarations, partials: [part])
        let whole = try await RunMerger().merge([scanned.runs], declarations: declarations)
        #expect(weighted.json.fileText() == whole.json.fileText())
        try FileManager.default.removeItem(atPath: owners)
        let missing = await Self.message {
            _ = try await scanned.merger().merge([scanned.runs], declarations: declarations, partials: [part])
        }
        #expect(missing.contains("owners-0-4095 cannot be used for this: it is missing"))
    }

    @Test("A pass that was killed leaves nothing that counts, and the next attempt clears it away")
    func killed() async throws {
        let scanned = try await Scanned(seed: 27, documents: 60)
        let left = scanned.passes + "/.pairs-0-4095.abcdef"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        try Data([1, 2]).write(to: URL(fileURLWithPath: left + "/000001.run"))
        for pass in NearPass.allCases { _ = try await scanned.run(pass) }
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(try await scanned.merger().merge([scanned.runs]).json.fileText() == scanned.whole)
    }
}

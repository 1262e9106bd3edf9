import Foundation
import OrderedJSON
import Testing

@testable import CorpusAudit

/// Sums of any split of the partitions add up to the audit of one, byte for byte.
@Suite struct PartitionTests {
    private static let declarations = [
        SourceDeclaration(name: "wiki", quality: 1.5, maximumEpochs: 3), SourceDeclaration(name: "code", quality: 0.75),
    ]

    private struct Scanned {
        let small: SmallCorpus
        let runs: String

        init(seed: UInt64, level: Audit.Level = .document) async throws {
            small = try SmallCorpus(seed: seed)
            runs = small.folder.path + "/runs"
            for task in 1...4 {
                _ = try await Auditor(options: try small.options(level: level)).scan(
                    try small.corpus(), into: runs, task: try #require(ScanTask("\(task)/4")))
            }
        }

        func reduce(_ range: String, merger: RunMerger = RunMerger(), declarations: [SourceDeclaration] = declarations)
            async throws -> String
        {
            let partitions = try #require(PartitionRange(range))
            let part = try await merger.reduce([runs], declarations: declarations, partitions: partitions)
            let path = "\(small.folder.path)/part-\(range).json"
            try part.write(to: path)
            return path
        }
    }

    @Test(
        "random partitions add up to the one-pass audit", arguments: [Audit.Level.document, .line],
        [51, 52] as [UInt64])
    func split(level: Audit.Level, seed: UInt64) async throws {
        let scanned = try await Scanned(seed: seed, level: level)
        let whole = try await RunMerger(topCopies: 5).merge([scanned.runs], declarations: Self.declarations)
        var random = SeededGenerator(seed: seed)
        for cuts in [0, 1, 4, 15] {
            let ends = Set((0..<cuts).map { _ in Int.random(in: 1..<PartitionRange.count, using: &random) }).sorted()
            var paths: [String] = []
            for (low, high) in zip([0] + ends, ends + [PartitionRange.count]) {
                // In the lesser memory not all runs can be walked at once.
                let memory =
                    Bool.random(using: &random)
                    ? 2 << 30 : 3 * MergePass.bytesPerRun(RecordLayout(hasScores: true))
                let merger = RunMerger(
                    threads: Int.random(in: 1...3, using: &random), memory: memory, topCopies: 5)
                paths.append(try await scanned.reduce("\(low)-\(high - 1)", merger: merger))
            }
            let merged = try await RunMerger(topCopies: 5).merge(
                [scanned.runs], declarations: Self.declarations, partials: paths.shuffled(using: &random))
            #expect(merged.json.fileText() == whole.json.fileText(), "seed \(seed), \(cuts) cuts")
        }
    }

    @Test("parts that are missing, doubled, damaged or of other runs are refused by name")
    func refusals() async throws {
        let scanned = try await Scanned(seed: 53)
        let low = try await scanned.reduce("0-2000")
        let high = try await scanned.reduce("2001-4095")
        let middle = try await scanned.reduce("1000-3000")
        let unweighted = try await scanned.reduce("2001-4094", declarations: [])
        let top = try await scanned.reduce("2001-4093", merger: RunMerger(topCopies: 3))
        let damaged = scanned.small.folder.path + "/damaged.json"
        try String(contentsOfFile: low, encoding: .utf8).replacing("\"units\": ", with: "\"units\": 1")
            .write(toFile: damaged, atomically: true, encoding: .utf8)
        func message(_ partials: [String]) async -> String {
            do {
                _ = try await RunMerger().merge([scanned.runs], declarations: Self.declarations, partials: partials)
                return "nothing was thrown"
            } catch {
                return "\(error)"
            }
        }
        #expect(await message([low, high]) == "nothing was thrown")
        #expect(await message([low]).contains("the partitions 2001-4095 are in no file next to it"))
        #expect(await message([high]).contains("the partitions 0-2000 are in no file next to it"))
        #expect(await message([low, middle, high]).contains("its partitions 1000-3000 are in \(low) too"))
        #expect(
            await message([low, unweighted]).contains("other runs, or sources of another order, weight or quality map"))
        #expect(await message([low, top]).contains("another --top-copies"))
        #expect(await message([damaged, high]).contains("its digest is not that of its content"))
        #expect(await message([low, high + "x"]).contains("there is no such file"))
        let other = try await Scanned(seed: 54)
        #expect(await message([try await other.reduce("0-2000"), high]).contains("other runs"))
    }

    @Test("cuts cover all fingerprints once")
    func parts() throws {
        for (name, count) in [("0-4095", 1), ("0-4095", 7), ("3", 5), ("4095", 2), ("17-1000", 1_024)] {
            let range = try #require(PartitionRange(name))
            let parts = range.parts(count)
            #expect(parts.count == count)
            #expect(parts.first?.low == range.low)
            #expect(parts.last?.high == range.high)
            for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.high == next.low) }
        }
        for name in ["", "-", "1-", "-1", "2-1", "4096", "0-4096", "a-b", "1-2-3", "+1", " 1"] {
            #expect(PartitionRange(name) == nil, "\(name)")
        }
        #expect(PartitionRange("7").map { "\($0)" } == "7")
        #expect("\(PartitionRange.all)" == "0-4095")
    }
}

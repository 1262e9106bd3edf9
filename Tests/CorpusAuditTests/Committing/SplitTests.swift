import Foundation
import OrderedJSON
import Testing

@testable import CorpusAudit

/// Runs of any split of the shards merge to the audit of one pass, byte for byte.
@Suite struct SplitTests {
    @Test(
        "scans of random parts of the shards merge to the one-pass audit",
        arguments: [Audit.Level.document, .paragraph, .line], [11, 12] as [UInt64])
    func split(level: Audit.Level, seed: UInt64) async throws {
        let small = try SmallCorpus(seed: seed)
        var random = SeededGenerator(seed: seed)
        let options = try small.options(level: level)
        let paths = try small.corpus().shards.map(\.location)
        // Named as the parts are: an audit says how its shards were named.
        let whole = try await Auditor(options: options).audit(try small.corpus(paths))
        for parts in [1, 2, 4] {
            var shares = [[String]](repeating: [], count: parts)
            for path in paths { shares[Int.random(in: 0..<parts, using: &random)].append(path) }
            var folders: [String] = []
            for (number, share) in shares.enumerated() where !share.isEmpty {
                let folder = "\(small.folder.path)/runs-\(level)-\(parts)-\(number)"
                _ = try await Auditor(options: options).scan(try small.corpus(share), into: folder)
                folders.append(folder)
            }
            let merged = try await RunMerger(threads: 2).merge(folders.shuffled(using: &random))
            #expect(merged.json.fileText() == whole.json.fileText(), "seed \(seed), \(parts) parts")
        }
    }

    @Test("the tasks of one scan share the shards out and merge to the one-pass audit", arguments: [0, 1])
    func tasks(base: Int) async throws {
        let small = try SmallCorpus(seed: 5)
        let options = try small.options()
        let whole = try await Auditor(options: options).audit(try small.corpus())
        let folder = small.folder.path + "/runs"
        for task in base..<(base + 4) {
            let share = try #require(ScanTask("\(task)/4"))
            _ = try await Auditor(options: options).scan(try small.corpus(), into: folder, task: share)
        }
        let merged = try await RunMerger().merge([folder])
        #expect(merged.json.fileText() == whole.json.fileText())
    }

    @Test("an audit in very little memory is the audit in much", arguments: [Audit.Level.document, .line])
    func spilling(level: Audit.Level) async throws {
        let small = try SmallCorpus(seed: 8, records: 300)
        // The same lines with and without a line feed after them: their tokens differ, and one of them owns.
        let lines = (0..<2_000).map {
            #"{"text": "repeats \#($0 % 7)\n\nonly \#($0) of \#($0 &* 7919)\nrepeats \#($0 % 3)"}"#
        }
        try small.folder.write(lines.joined(separator: "\n"), to: "shards/web/lines.jsonl")
        var options = try small.options(level: level)
        let roomy = try await Auditor(options: options).audit(try small.corpus())
        options.memory = 1 << 16
        let tight = try await Auditor(options: options).audit(try small.corpus())
        #expect(tight.json.fileText() == roomy.json.fileText())
    }

    @Test("more runs than can be walked at once are merged in passes")
    func consolidation() async throws {
        let small = try SmallCorpus(seed: 9, shards: 12)
        let options = try small.options(level: .line)
        let paths = try small.corpus().shards.map(\.location)
        let whole = try await Auditor(options: options).audit(try small.corpus(paths))
        var folders: [String] = []
        for (number, path) in paths.enumerated() {
            folders.append("\(small.folder.path)/runs-\(number)")
            _ = try await Auditor(options: options).scan(try small.corpus([path]), into: folders[number])
        }
        let merged = try await RunMerger(memory: 3 * MergePass.bytesPerRun(RecordLayout(hasScores: true))).merge(
            folders)
        #expect(merged.json.fileText() == whole.json.fileText())
    }
}

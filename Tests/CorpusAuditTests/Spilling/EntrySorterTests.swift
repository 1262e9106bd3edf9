import Foundation
import Testing

@testable import CorpusAudit

/// Entries of 28 bytes: in memory there is room behind each, in a file there is none.
private struct BandEntry: SpilledEntry, Equatable {
    var band: UInt64
    var text: Fingerprint
    var bytes: UInt32

    static let kindName = "test-bands"

    var key: UInt64 { band }

    static func precedes(_ left: BandEntry, _ right: BandEntry) -> Bool {
        if left.band != right.band { return left.band < right.band }
        return left.bytes != right.bytes ? left.bytes > right.bytes : left.text < right.text
    }
}

/// An external sort against the standard library's.
@Suite struct EntrySorterTests {
    private static let stop = StopSignal()

    /// Sorts entries with little memory, so that they are written and merged in several passes.
    private static func sorted<Entry: SpilledEntry>(
        _ entries: [Entry], store: RunStore, memory: Int = 1, staysInMemory: Bool = true
    ) throws -> [Entry] {
        var sorter = EntrySorter<Entry>(memory: memory, store: store)
        for entry in entries { try sorter.add(entry) }
        let runs = try sorter.takeRuns(staysInMemory: staysInMemory)
        #expect(runs.reduce(0) { $0 + $1.count } == entries.count)
        var walked: [Entry] = []
        try MergePass(memory: 3 * EntryRun.bytesPerRun(Entry.kind), store: store).merge(runs, stop: stop) {
            walked.append($0)
        }
        return walked
    }

    private static func bands(_ count: Int, below limit: UInt64 = .max, _ random: inout SeededGenerator) -> [BandEntry]
    {
        (0..<count).map { number in
            BandEntry(
                band: UInt64.random(in: 0..<limit, using: &random),
                text: Fingerprint(high: random.next(), low: UInt64(number)),
                bytes: UInt32.random(in: 1...9, using: &random)
            )
        }
    }

    @Test("entries come out sorted, however little memory there is", arguments: [21, 22] as [UInt64])
    func sortedWithLittleMemory(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let records = (0..<60_000).map { _ in
            KeptRecord(
                shard: UInt64.random(in: 0..<5, using: &random),
                position: UInt64.random(in: 0..<100_000, using: &random))
        }
        #expect(try Self.sorted(records, store: RunStore(.temporary)) == records.sorted(), "seed \(seed)")
        let bands = Self.bands(30_000, &random)
        #expect(
            try Self.sorted(bands, store: RunStore(.temporary)) == bands.sorted(by: BandEntry.precedes), "seed \(seed)")
    }

    @Test("entries in memory and in files come out the same", arguments: [1, 1_023, 1_024, 1_025, 5_000])
    func memoryAndFiles(count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        // Few keys, so that groups are large, and one whose entries all share their lead.
        for limit in [UInt64.max, 7, 1] {
            let bands = Self.bands(count, below: limit, &random)
            let expected = bands.sorted(by: BandEntry.precedes)
            for staysInMemory in [false, true] {
                let store = RunStore(.temporary)
                #expect(try Self.sorted(bands, store: store, memory: 1 << 20, staysInMemory: staysInMemory) == expected)
            }
        }
    }

    @Test("nothing sorts to nothing")
    func nothing() throws {
        #expect(try Self.sorted([KeptRecord](), store: RunStore(.temporary)).isEmpty)
    }

    @Test("groups come whole, and ranges of leads part the entries", arguments: [31, 32] as [UInt64])
    func groupsAndRanges(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bands = (0..<20_000).map { number in
            // Leads all over, each with a few entries.
            BandEntry(
                band: UInt64.random(in: 0..<5_000, using: &random) << 51,
                text: Fingerprint(high: 0, low: UInt64(number)), bytes: 1)
        }
        let store = RunStore(.temporary)
        var sorter = EntrySorter<BandEntry>(memory: 1 << 16, store: store)
        for band in bands { try sorter.add(band) }
        let runs = try sorter.takeRuns()
        #expect(runs.count > 5)
        var sizes: [UInt64: Int] = [:]
        for (low, high) in PartitionRange.all.parts(3) {
            var cursors: [EntryCursor<BandEntry>] = []
            for run in runs { cursors.append(try run.cursor(of: BandEntry.self, from: low, below: high)) }
            var merge = try GroupMerge(cursors, memory: 1 << 16)
            while true {
                var group: [BandEntry] = []
                guard try merge.nextGroup({ entry, _ in group.append(entry) }) else { break }
                #expect(Set(group.map(\.band)).count == 1)
                #expect(group[0].band >= low && group[0].band < high ?? .max)
                #expect(sizes.updateValue(group.count, forKey: group[0].band) == nil, "seed \(seed)")
            }
        }
        #expect(sizes == Dictionary(grouping: bands, by: \.band).mapValues(\.count), "seed \(seed)")
    }

    @Test("a file of entries has its size, and is told from those of another kind and from a run of units")
    func files() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/000001.run"
        var random = SeededGenerator(seed: 5)
        let bands = Self.bands(3_000, &random).sorted(by: BandEntry.precedes)
        var writer = try EntryRun.writer(of: BandEntry.self, creating: path, isDurable: true)
        for band in bands { try writer.append(band) }
        try writer.finish()
        let footer = #"{"format": "datawall-entries", "kind": "test-bands", "entries": 3000}"#
        #expect(try SystemFile(reading: path).size == 64 + 28 * 3_000 + 8 * 2 + footer.utf8.count + 32)
        #expect(try EntryRun(opening: path, kind: BandEntry.kind).count == 3_000)
        for (kind, reason) in [
            (EntryKind(name: "others", stride: 28), "kind"), (EntryKind(name: "test-bands", stride: 32), "stride"),
        ] {
            let error = #expect(throws: RunError.self) { try EntryRun(opening: path, kind: kind) }
            #expect(error?.description.contains(reason) == true)
        }
        #expect(throws: RunError.self) { try RunFile(opening: path) }
    }

    @Test("a changed byte of a file of entries is found before the entry is walked")
    func damage() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/000001.run"
        var random = SeededGenerator(seed: 6)
        var writer = try EntryRun.writer(of: BandEntry.self, creating: path, isDurable: true)
        for band in Self.bands(5_000, &random).sorted(by: BandEntry.precedes) { try writer.append(band) }
        try writer.finish()
        let whole = try Data(contentsOf: URL(filePath: path))
        for _ in 0..<40 {
            var bytes = Array(whole)
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] ^= UInt8.random(in: 1...255, using: &random)
            let broken = try folder.write(bytes, to: "broken.run")
            #expect(throws: RunError.self, "byte \(place)") {
                let run = try EntryRun(opening: broken, kind: BandEntry.kind)
                var merge = KWayMerge([try run.cursor(of: BandEntry.self)])
                while try merge.next() != nil {}
            }
        }
    }

    @Test("entries out of order are refused")
    func disorder() throws {
        let folder = try TemporaryFolder()
        var writer = try EntryRun.writer(of: KeptRecord.self, creating: folder.path + "/1.run", isDurable: false)
        for position in [3, 1] as [UInt64] { try writer.append(KeptRecord(shard: 0, position: position)) }
        try writer.finish()
        let run = try EntryRun(opening: folder.path + "/1.run", kind: KeptRecord.kind)
        let error = #expect(throws: RunError.self) { try run.cursor(of: KeptRecord.self) }
        #expect(error?.description.contains("not sorted") == true)
    }
}

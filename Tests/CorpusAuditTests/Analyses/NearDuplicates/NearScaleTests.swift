import Foundation
import Testing

@testable import CorpusAudit

/// The search at sizes that no text is needed for; run with
/// `DATAWALL_SCALE=1 swift test -c release -Xswiftc -enable-testing --filter NearScaleTests`.
///
/// Each search has a process of its own, so that the peak of memory is its own, and the searches take turns.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["DATAWALL_SCALE"] != nil, "takes minutes"))
struct NearScaleTests {
    /// Texts, how many of them in a row share bands, and how many bands they share.
    @Test(
        "Memory is bounded, and a bucket takes time in proportion",
        arguments: [(7_150_000, 2, 4), (1_000_000, 1_000_000, 1)])
    func search(texts: Int, family: Int, bands: Int) async {
        let ended = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            [texts, family, bands] in
            try NearScaleTests.searchHere(texts: texts, family: family, bands: bands)
        }
        print(String(decoding: ended?.standardOutputContent ?? [], as: UTF8.self))
    }

    /// Searches in this process, and holds its time and memory against their bounds.
    private static func searchHere(texts: Int, family: Int, bands: Int) throws {
        let memory = 256 << 20
        let start = clock()
        let store = RunStore(.temporary)
        // Little, so that what the search takes is not hidden behind it.
        var sorter = EntrySorter<BandEntry>(memory: memory / 8, store: store)
        var hashes = SeededGenerator(seed: 1)
        var owner: UInt64 = 0
        for text in 0..<texts {
            if text % family == 0 { owner = hashes.next() }
            let fingerprint = Fingerprint(high: hashes.next(), low: UInt64(text))
            let node = NearNode(fingerprint: fingerprint, bytes: UInt32(1_000 + text % 100))
            for band in 0..<NearMethod.bands {
                try sorter.add(BandEntry(key: band < bands ? owner &+ UInt64(band) : hashes.next(), node: node))
            }
        }
        let runs = try sorter.takeRuns(staysInMemory: false)
        _ = consume sorter
        try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        let before = try mebibytes("VmHWM")
        let result = try NearSearch(memory: memory, thresholds: [3, 1, 2, 4, 5])
            .search(runs, sampled: [], store: store, stop: StopSignal())
        let (seconds, most) = (Double(clock() - start) / 1e6, try mebibytes("VmHWM"))
        print(
            "\(texts * NearMethod.bands) entries, families of \(family): \(seconds) CPU s, at most \(most) MiB, of which "
                + "\(before) were there before")
        #expect(result.buckets.largestBucket == family)
        #expect(result.largestCluster == (bands < 3 ? 0 : family))
        #expect(most <= 320)
        #expect(most - before <= memory >> 20)
        #expect(seconds < 60 || family == 2)
    }

    /// What the system says of this process's memory; of `VmHWM`, the most since it was last cleared.
    private static func mebibytes(_ key: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(key):") })
        return try #require(Int(line.filter(\.isNumber))) / 1_024
    }
}

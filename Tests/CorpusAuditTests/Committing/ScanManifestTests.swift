import Foundation
import Testing

@testable import CorpusAudit

@Suite struct ScanManifestTests {
    private let declarations = [
        SourceDeclaration(name: "wiki", quality: 1.5, maximumEpochs: 6, floor: 0.02), SourceDeclaration(name: "web"),
        SourceDeclaration(name: "code", quality: 0.25),
    ]

    private func scanned(_ small: SmallCorpus) async throws -> String {
        let runs = small.folder.path + "/runs"
        var corpus = try small.corpus()
        corpus.declarations = declarations
        _ = try await Auditor(options: try small.options()).scan(corpus, into: runs)
        return runs
    }

    @Test("what a manifest says of sources travels with the runs")
    func travels() async throws {
        let small = try SmallCorpus(seed: 95, shards: 3, records: 5)
        let runs = try await scanned(small)
        #expect(try ScanManifest(sealedFile: runs + "/task.json").declarations == declarations)
        #expect(try RunMerger.manifestDifferences([runs], declarations: declarations).isEmpty)
    }

    @Test("a merge or a list without the manifest of the scan is refused, unless it is told to do without")
    func missing() async throws {
        let small = try SmallCorpus(seed: 96, shards: 3, records: 5)
        let runs = try await scanned(small)
        let error = await #expect(throws: RunError.self) { try await RunMerger().merge([runs]) }
        let missing = RunError.missingManifest(path: runs, digest: SourceManifest(declarations).digest)
        #expect(error == missing)
        let kept = small.folder.path + "/kept"
        await #expect(throws: missing) {
            try await RecordKeeper().keep([runs], into: kept)
        }
        #expect(!FileManager.default.fileExists(atPath: kept))
        var merger = RunMerger()
        merger.ignoresManifest = true
        #expect(try await merger.merge([runs]).sources.map(\.name) == ["code", "web", "wiki"])
        let audit = try await RunMerger().merge([runs], declarations: declarations)
        #expect(audit.sources.map(\.name) == ["wiki", "web", "code"])
    }

    @Test("each difference between manifests is named, old value first")
    func differences() {
        func change(_ body: (inout [SourceDeclaration]) -> Void) -> [String] {
            var changed = declarations
            body(&changed)
            return changed.changes(from: declarations)
        }
        #expect(change { $0[0].quality = 2 } == ["quality of wiki: 1.5 → 2.0"])
        #expect(change { $0[1].maximumEpochs = 4 } == ["max_epochs of web: none → 4.0"])
        #expect(change { $0[0].floor = nil } == ["floor of wiki: 0.02 → none"])
        #expect(change { $0[1].qualityMap = try? QualityMap("3:1") } == ["quality_map of web: none → 3:1"])
        #expect(change { $0.removeLast() } == ["the source code is gone"])
        #expect(change { $0.append(SourceDeclaration(name: "books")) } == ["the source books is new"])
        #expect(change { $0.swapAt(0, 1) } == ["order of sources: wiki, web, code → web, wiki, code"])
        #expect(change { _ in }.isEmpty)
    }
}

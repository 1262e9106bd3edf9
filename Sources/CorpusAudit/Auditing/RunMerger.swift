import Foundation

/// Merges the committed runs of one or more scans into an audit.
///
/// The audit is the same, byte for byte, as that of one pass over all their shards, however the shards were split.
public struct RunMerger: Sendable {
    private let threads: Int
    private let memory: Int

    /// Creates a merger.
    ///
    /// - Parameters:
    ///   - threads: How many threads reduce.
    ///   - memory: Bytes that the blocks of the runs may take together.
    public init(threads: Int = 1, memory: Int = 2 << 30) {
        self.threads = max(1, threads)
        self.memory = memory
    }

    /// Merges.
    ///
    /// - Parameters:
    ///   - folders: Folders that scans wrote to; those of several tasks are found below them.
    ///   - declarations: Sources in their order, with weights and caps; see ``SourceDeclaration``.
    /// - Returns: The audit.
    /// - Throws: ``RunError`` for runs that are missing, doubled, damaged, unfinished or of other settings, by name;
    ///   ``CorpusError/tooManySources(limit:)``.
    public func merge(_ folders: [String], declarations: [SourceDeclaration] = []) async throws -> Audit {
        var harvest = CorpusScan.Harvest()
        var settings: ScanSettings?
        var places: [ByteName: String] = [:]
        let scans = try Self.scans(in: folders)
        for (scan, manifest) in scans {
            if let reason = settings?.difference(from: manifest.settings) {
                throw RunError.differentOptions(path: scan, reason: reason)
            }
            settings = settings ?? manifest.settings
            for report in try gather(scan, manifest, &harvest) {
                let name = ByteName(report.shard.path)
                if let other = places[name] {
                    throw RunError.doubledShard(shard: report.shard.path, paths: [other, scan])
                }
                places[name] = scan
            }
        }
        guard let settings else { throw RunError.noRuns(path: folders.joined(separator: ", ")) }
        let store = RunStore(.temporary)
        // With few runs each thread walks them all; with many, one thread does.
        let perThread = harvest.runs.count * RunConsolidation.bytesPerRun
        let threads = max(1, min(self.threads, memory * 3 / 4 / max(1, perThread)))
        harvest.runs = try RunConsolidation(memory: memory, store: store).consolidate(harvest.runs)
        harvest.stores.append(store)
        return try await Auditor.audit(
            harvest, declarations: declarations, namedProblems: [], settings: settings, threads: threads)
    }

    /// Takes in the commits of one scan, which must hold all its shards.
    private func gather(
        _ folder: String, _ manifest: ScanManifest, _ harvest: inout CorpusScan.Harvest
    ) throws(RunError) -> [ShardReport] {
        var reports: [ShardReport] = []
        for name in ScanJournal.names(in: folder + "/commits", endingIn: ".json") {
            let path = "\(folder)/commits/\(name)"
            let commit = try RunCommit(reading: path)
            if let reason = manifest.settings.difference(from: commit.settings) {
                throw .differentOptions(path: path, reason: reason)
            }
            for run in commit.runs {
                let file = try RunFile(opening: "\(folder)/runs/\(run.name)")
                guard file.recordCount == run.records else {
                    throw .damaged(
                        path: file.path, reason: "it holds \(file.recordCount) records, its commit names \(run.records)"
                    )
                }
                harvest.runs.append(.file(file))
            }
            reports += commit.reports
        }
        let committed = Set(reports.map { ByteName($0.shard.path) })
        let open = manifest.shards.filter { !committed.contains(ByteName($0)) }
        guard open.isEmpty else { throw .unfinished(path: folder, shards: open) }
        harvest.reports += reports
        return reports
    }

    /// The scans at or below some folders; of several tasks of one scan, all must be there.
    private static func scans(in folders: [String]) throws(RunError) -> [(folder: String, manifest: ScanManifest)] {
        var scans: [(folder: String, manifest: ScanManifest)] = []
        for folder in folders {
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            let found = ([folder] + names.map { "\(folder)/\($0)" })
                .filter { FileManager.default.fileExists(atPath: $0 + "/task.json") }
            guard !found.isEmpty else { throw .noRuns(path: folder) }
            for scan in found { scans.append((scan, try ScanManifest(reading: scan + "/task.json"))) }
        }
        let tasks = Dictionary(grouping: scans) { scan in "\(scan.manifest.corpus)/\(scan.manifest.task.count)" }
        for (_, siblings) in tasks.sorted(by: { $0.key < $1.key }) {
            let count = siblings[0].manifest.task.count
            let present = Set(siblings.map(\.manifest.task.index))
            let missing = (0..<count).filter { !present.contains($0) }
            guard missing.isEmpty else {
                throw .missingTasks(path: siblings[0].folder, tasks: missing, of: count)
            }
        }
        return scans
    }
}

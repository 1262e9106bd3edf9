import Foundation

/// The committed runs of one or more scans, checked to be complete and to fit into one audit.
struct CommittedRuns {
    private(set) var harvest = CorpusScan.Harvest()
    let settings: ScanSettings
    /// The digests that seal the commits, sorted, which identify these runs.
    private(set) var seals: [String] = []
    /// The files and objects that the scans did not read.
    private(set) var unread = ScanManifest.Unread()
    /// The arguments that all scans had in common; `nil` if no single command asks for it.
    private(set) var request: CorpusRequest?
    /// The arguments of each scan that a command started.
    private var requests: [(folder: String, request: CorpusRequest)] = []
    /// The declarations in the scans' manifests, for each scan with a manifest, with its folder.
    private(set) var manifests: [(folder: String, declarations: [SourceDeclaration])] = []
    /// The folders that were named.
    let folders: [String]

    /// Finds the runs in folders that scans wrote to, and of several tasks below them.
    ///
    /// Throws ``RunError`` for runs that are missing, doubled, damaged, unfinished or of other settings, by name.
    init(in folders: [String]) throws(RunError) {
        self.folders = folders
        var settings: ScanSettings?
        var sums = ReportSums()
        var places: [ByteName: String] = [:]
        var files: [FileIdentity: (shard: String, digest: Fingerprint)] = [:]
        let scans = try Self.scans(in: folders)
        unread = ScanManifest.Unread(scans)
        request = CorpusRequest.joined(scans.map(\.manifest.request))
        requests = scans.compactMap { scan in scan.manifest.request.map { (scan.folder, $0) } }
        for (scan, manifest) in scans {
            if let reason = settings?.difference(from: manifest.settings) {
                throw .differentOptions(path: scan, reason: reason)
            }
            settings = settings ?? manifest.settings
            if !manifest.declarations.isEmpty { manifests.append((scan, manifest.declarations)) }
            for report in try Self.gather(scan, manifest, &harvest, &seals) {
                guard sums.add(report) else {
                    throw .damaged(path: scan, reason: "its commits add up to more than can be")
                }
                let name = ByteName(report.shard.path)
                if let other = places[name] {
                    throw .doubledShard(shard: report.shard.path, paths: [other, scan])
                }
                places[name] = scan
                // Streams and jobs are no files, and have no inode.
                guard report.identity.inode != 0, report.identity.bytes > 0 else { continue }
                if let other = files.updateValue((report.shard.path, report.digest), forKey: report.identity),
                    other.digest == report.digest
                {
                    throw .doubledFile(shards: [other.shard, report.shard.path])
                }
            }
        }
        guard let settings else { throw .noRuns(path: folders.joined(separator: ", ")) }
        self.settings = settings
        seals.sort()
    }

    /// Merges runs in the partitions in passes until all can be walked at once in the memory.
    mutating func consolidate(memory: Int, partitions: PartitionRange = .all, stop: StopSignal) throws {
        let store = RunStore(.temporary)
        harvest.runs.units = try MergePass(memory: memory, store: store, partitions: partitions)
            .consolidate(harvest.runs.units, stop: stop)
        harvest.stores.append(store)
    }

    /// How many threads can walk all runs at once in the memory, at least one and at most `wanted`.
    func threads(_ wanted: Int, memory: Int) -> Int {
        let perThread = harvest.runs.units.count * MergePass.bytesPerRun(harvest.runs.units.layout)
        return max(1, min(wanted, memory * 3 / 4 / max(1, perThread)))
    }

    /// Throws if the scans had a manifest and none is given now, since its weights, caps and order would be lost.
    func require(_ declarations: [SourceDeclaration]) throws(RunError) {
        if declarations.isEmpty, let (folder, declarations) = manifests.first {
            throw .missingManifest(path: folder, digest: SourceManifest(declarations).digest)
        }
    }

    /// Decides how scores become weights: by the declarations, else by an option, else by the scan's map.
    ///
    /// Throws ``RunError/unusableOption(name:reason:)`` for a map without scores, and
    /// ``RunError/differentOptions(path:reason:)`` if scans had different maps and the merge has none.
    mutating func apply(_ declarations: [SourceDeclaration], qualityMap: QualityMap?) throws(RunError) {
        if qualityMap != nil {
            guard harvest.reports.contains(where: { $0.shard.fields.quality != nil || $0.attempt != nil }) else {
                throw .unusableOption(
                    name: "--quality-map", reason: "no shard was scanned with --quality-key, so there are no scores")
            }
        } else {
            var told: (folder: String, map: String?)?
            for (folder, request) in requests where request.qualityKey != nil {
                if let told, told.map != request.qualityMap {
                    let maps = [told.map, request.qualityMap].map {
                        $0.map { "the quality map \($0)" } ?? "no quality map"
                    }
                    throw .differentOptions(
                        path: folder,
                        reason: "it has \(maps[1]), and \(told.folder) \(maps[0]): give one to the merge")
                }
                told = (folder, request.qualityMap)
            }
        }
        let declared = Dictionary(
            declarations.compactMap { source in source.qualityMap.map { (ByteName(source.name), $0) } },
            uniquingKeysWith: { first, _ in first })
        for index in harvest.reports.indices {
            let report = harvest.reports[index]
            guard report.shard.fields.quality != nil || report.attempt != nil else { continue }
            harvest.reports[index].shard.fields.qualityMap =
                declared[ByteName(report.shard.source)] ?? qualityMap ?? report.shard.fields.qualityMap
        }
    }

    /// Reports of all shards, sorted by path.
    var reports: [ShardReport] { harvest.reports.sorted { ByteName($0.shard.path) < ByteName($1.shard.path) } }

    /// Gathers the commits of one scan, which must cover all its shards.
    private static func gather(
        _ folder: String, _ manifest: ScanManifest, _ harvest: inout CorpusScan.Harvest, _ seals: inout [String]
    ) throws(RunError) -> [ShardReport] {
        let asked = Set(manifest.shards.map { ByteName($0) })
        var commits: [RunCommit] = []
        var runs: Set<ByteName> = []
        for name in ScanJournal.names(in: folder + "/commits", endingIn: ".json") {
            let path = "\(folder)/commits/\(name)"
            let commit = try RunCommit(sealedFile: path)
            if let reason = manifest.settings.difference(
                from: commit.settings.limited(as: manifest.settings, by: commit))
            {
                throw .differentOptions(path: path, reason: reason)
            }
            if let report = commit.held.first(where: { !asked.contains(ByteName($0.shard.path)) }) {
                throw .damaged(path: path, reason: "it holds \(report.shard.path), which its scan was not asked for")
            }
            let origins = Set(
                commit.held.flatMap { report in
                    report.shares.map { RunOrigin(source: $0.source, shard: ByteName(report.shard.path)) }
                })
            for name in commit.runNames where !runs.insert(ByteName(name)).inserted {
                throw .damaged(path: path, reason: "another commit names its run \(name), too")
            }
            let opened = try commit.openRuns(in: folder)
            for case .file(let file) in opened.units {
                if let origin = file.origins.first(where: { !origins.contains($0) }) {
                    throw .damaged(
                        path: file.path,
                        reason:
                            "it holds records of \(origin.shard.text), source \(origin.source.text), which its commit "
                            + "does not name")
                }
            }
            harvest.runs += opened
            commits.append(commit)
            seals.append(commit.seal)
        }
        let reports = commits.wholeReports
        var committed: Set<ByteName> = []
        for report in reports where !committed.insert(ByteName(report.shard.path)).inserted {
            throw .doubledShard(shard: report.shard.path, paths: [folder, folder])
        }
        if let shard = ShardPart.torn(in: commits).first {
            throw .damaged(
                path: folder, reason: "of \(shard.text) it holds a later part without an earlier one, or one part twice"
            )
        }
        let open = manifest.shards.filter { !committed.contains(ByteName($0)) }
        guard open.isEmpty else { throw .unfinished(path: folder, shards: open) }
        // The manifest of this merge, not that of the scan, decides how scores weigh.
        let declared = Set(manifest.declarations.filter { $0.qualityMap != nil }.map { ByteName($0.name) })
        // A later command may have set another map, which needs no new scan; so its request counts, not the commits.
        let map = manifest.request?.qualityMap.flatMap { try? QualityMap($0) }
        guard map != nil || manifest.request?.qualityMap == nil else {
            throw .damaged(path: folder, reason: "the quality map of its request cannot be read")
        }
        harvest.reports += reports.map { report in
            var report = report
            if manifest.request != nil { report.shard.fields.qualityMap = map }
            if declared.contains(ByteName(report.shard.source)) { report.shard.fields.qualityMap = nil }
            return report
        }
        return reports
    }

    /// The folders of scans at or below a folder.
    static func scanFolders(in folder: String) throws(RunError) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let found = ([folder] + names.map { "\(folder)/\($0)" })
            .filter { FileManager.default.fileExists(atPath: $0 + "/task.json") }
        guard !found.isEmpty else { throw .noRuns(path: folder) }
        return found
    }

    /// Finds the scans at or below folders that an audit counts; all tasks of a scan must be there.
    static func scans(in folders: [String]) throws(RunError) -> [(folder: String, manifest: ScanManifest)] {
        var scans: [(folder: String, manifest: ScanManifest)] = []
        for folder in folders {
            for scan in try scanFolders(in: folder) {
                scans.append((scan, try ScanManifest(sealedFile: scan + "/task.json")))
            }
        }
        scans = try ScanAttempts(scans).counting()
        let tasks = Dictionary(grouping: scans.filter { !$0.manifest.isOfJob }) { scan in
            "\(scan.manifest.corpus)/\(scan.manifest.task.count)"
        }
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

/// The sums over the reports of all shards, which must stay exact.
private struct ReportSums {
    private var sums = [Int](repeating: 0, count: 5)

    /// Adds a report; returns whether all sums are below 2⁶².
    mutating func add(_ report: ShardReport) -> Bool {
        // Each number is below 2⁵⁴.
        var added = [report.identity.bytes, report.index?.identity.bytes ?? 0, report.replacedSequences, 0, 0]
        for share in report.shares {
            added[3] += share.documents + share.filtered
            guard added[3] < 1 << 62 else { return false }
        }
        for count in report.problems.counts.values {
            added[4] += count
            guard added[4] < 1 << 62 else { return false }
        }
        for (index, number) in added.enumerated() {
            sums[index] += number
            guard sums[index] < 1 << 62 else { return false }
        }
        return true
    }
}

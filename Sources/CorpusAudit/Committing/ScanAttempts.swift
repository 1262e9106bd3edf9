/// Which of several attempts at a task or a job count: for each, the highest complete one.
///
/// Engines start a task again when it seems slow or lost, and both attempts may end. Each attempt has its own folder,
/// so none can harm another. Which of them counts follows from their commits, at any time and on any machine.
struct ScanAttempts {
    typealias Scan = (folder: String, manifest: ScanManifest)

    private let scans: [Scan]

    init(_ scans: [Scan]) { self.scans = scans }

    /// The scans without attempts, and the attempts that count.
    ///
    /// Throws ``RunError/unfinished(path:shards:)``, with the highest attempt, for a task or job without a complete
    /// attempt.
    func counting() throws(RunError) -> [Scan] {
        var highest: [String: Int] = [:]
        var open: [String: (attempt: Int, error: RunError)] = [:]
        for (folder, manifest) in scans {
            guard let attempt = manifest.attempt else { continue }
            let work = manifest.work
            do throws(RunError) {
                let shards = try Self.openShards(folder, manifest)
                guard shards.isEmpty else { throw .unfinished(path: folder, shards: shards) }
                highest[work] = max(attempt, highest[work] ?? 0)
            } catch {
                if attempt >= open[work]?.attempt ?? 0 { open[work] = (attempt, error) }
            }
        }
        for (work, failure) in open.sorted(by: { $0.key < $1.key }) where highest[work] == nil { throw failure.error }
        return scans.filter { $0.manifest.attempt == nil || $0.manifest.attempt == highest[$0.manifest.work] }
    }

    /// The shards of a scan that no commit holds.
    static func openShards(_ folder: String, _ manifest: ScanManifest) throws(RunError) -> [String] {
        var commits: [RunCommit] = []
        for name in ScanJournal.names(in: folder + "/commits", endingIn: ".json") {
            commits.append(try RunCommit(sealedFile: "\(folder)/commits/\(name)"))
        }
        let committed = Set(commits.wholeReports.map { ByteName($0.shard.path) })
        return manifest.shards.filter { !committed.contains(ByteName($0)) }
    }
}

extension ScanManifest {
    /// Whether the documents came from memory, as a job, and not from a command's shards.
    var isOfJob: Bool { attempt != nil && corpus.isEmpty }

    /// The work that several attempts share: a task of a scan, or a job.
    var work: String { isOfJob ? "job \(shards.first ?? "")" : "task \(task) of \(corpus)" }
}

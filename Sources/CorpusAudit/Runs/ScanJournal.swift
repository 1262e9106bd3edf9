import Foundation
import OrderedJSON
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder in which a scan makes what it has read durable, and finds it again.
///
/// ```
/// lock               held while a process writes here
/// task.json          the settings, the shards to read and which share of them this is
/// runs/000001.run    sorted records
/// commits/000001.json  names runs and the shards they hold
/// ```
/// A run counts only when a commit names it; a commit is written last and renamed into place.
final class ScanJournal: Sendable {
    let folder: String
    let store: RunStore
    /// How long read shards may wait for their commit.
    let interval: Duration
    /// How long what was read of a shard may wait while its end does not come.
    let partInterval: Duration

    private let settings: ScanSettings
    private let lock: FolderLock
    private let nextCommit: Mutex<Int>

    /// Commits that were found and still hold.
    let found: [RunCommit]
    /// Shards of which they hold a part but not the end, with the last part.
    let unfinished: [ByteName: ShardPart]

    /// Opens the folder, makes it if need be, and throws away what does not hold any more: runs that no commit names,
    /// commits with other settings, commits of shards that have changed or are not asked for.
    init(
        folder: String, settings: ScanSettings, shards: [Shard], task: ScanTask = .whole, corpus: String = "",
        unread: ScanManifest.Unread = ScanManifest.Unread(), attempt: Int? = nil, interval: Duration = .seconds(1),
        partInterval: Duration = .seconds(30)
    ) throws(RunError) {
        self.folder = folder
        self.settings = settings
        self.interval = interval
        self.partInterval = partInterval
        for path in [folder, folder + "/runs", folder + "/commits"] {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw .cannotWrite(path: path, reason: "the folder cannot be made")
            }
        }
        lock = try FolderLock(folder: folder)
        var kept: [(path: String, commit: RunCommit)] = []
        var lastCommit = 0
        var lastRun = 0
        let wanted = Dictionary(uniqueKeysWithValues: shards.map { (ByteName($0.path), $0) })
        for name in Self.names(in: folder + "/commits", endingIn: ".json") {
            let path = "\(folder)/commits/\(name)"
            lastCommit = max(lastCommit, Int(name.dropLast(5)) ?? 0)
            let commit = try RunCommit(reading: path)
            if commit.settings == settings, Self.holds(commit, wanted), Self.isWhole(commit, folder) {
                kept.append((path, commit))
            } else {
                unlink(path)
            }
        }
        // A part is nothing without those before it.
        while true {
            let torn = Set(ShardPart.torn(in: kept.map(\.commit)))
            guard !torn.isEmpty else { break }
            kept.removeAll { path, commit in
                guard commit.held.contains(where: { torn.contains(ByteName($0.shard.path)) }) else { return false }
                unlink(path)
                return true
            }
        }
        found = kept.map(\.commit)
        unfinished = ShardPart.unfinished(in: found)
        let named = Set(found.flatMap { $0.runs.map(\.name) })
        for name in Self.names(in: folder + "/runs", endingIn: ".run") {
            lastRun = max(lastRun, Int(name.dropLast(4)) ?? 0)
            if !named.contains(name) { unlink("\(folder)/runs/\(name)") }
        }
        nextCommit = Mutex(lastCommit + 1)
        store = RunStore(.durable(folder: folder + "/runs"), firstRun: lastRun)
        try SystemFile.replace(
            folder + "/task.json",
            with: ScanManifest(
                settings: settings, task: task, corpus: corpus, shards: shards.map(\.path), unread: unread,
                attempt: attempt
            ).text)
    }

    /// Makes runs count that hold nothing but the shards of the reports, and the part.
    func commit(runs: [Run], reports: [ShardReport], part: ShardPart? = nil) throws(RunError) {
        guard !reports.isEmpty || part != nil else { return }
        let names = runs.compactMap { run -> (name: String, records: Int)? in
            guard case .file(let file) = run else { return nil }
            return (String(file.path.split(separator: "/").last ?? ""), file.recordCount)
        }
        SystemFile.synchronizeFolder(folder + "/runs")
        let number = nextCommit.withLock { number in
            defer { number += 1 }
            return number
        }
        let commit = RunCommit(settings: settings, runs: names, reports: reports, part: part)
        try SystemFile.replace("\(folder)/commits/\(RunStore.name(number)).json", with: commit.text)
    }

    /// Whether every shard of a commit is asked for, with the same fields, and is still the file it was.
    private static func holds(_ commit: RunCommit, _ wanted: [ByteName: Shard]) -> Bool {
        commit.held.allSatisfy { report in
            guard let shard = wanted[ByteName(report.shard.path)] else { return false }
            let index = FormatSelection.index(of: shard.location)
            return shard == report.shard && FileIdentity(path: shard.location) == report.identity
                && (report.index == nil || FileIdentity(path: index) == report.index?.identity)
        }
    }

    private static func isWhole(_ commit: RunCommit, _ folder: String) -> Bool {
        commit.runs.allSatisfy { run in
            (try? RunFile(opening: "\(folder)/runs/\(run.name)"))?.recordCount == run.records
        }
    }

    /// Names of files in a folder, sorted.
    static func names(in folder: String, endingIn suffix: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(suffix) }.sorted()
    }
}

/// Holds a folder against other processes; let go when the process ends, however it ends.
private final class FolderLock: Sendable {
    private let descriptor: Int32

    init(folder: String) throws(RunError) {
        descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: folder + "/lock", reason: SystemFile.reason()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: folder)
        }
    }

    deinit { close(descriptor) }
}

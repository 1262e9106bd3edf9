import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder in which a scan stores its results durably, and finds them again.
///
/// ```
/// lock                   held while a process writes here
/// task.json              the settings, the shards to read and which share of them this is
/// runs/000001.run        sorted records
/// commits/000001.json    names runs and the shards they hold
/// set-aside/000001.json  the same, of shards that are not asked for now
/// ```
/// A run counts only when a commit names it; a commit is written last and renamed into place.
final class ScanJournal: Sendable {
    let folder: String
    let store: RunStore
    /// How long read shards may wait for their commit.
    let interval: Duration
    /// How long the part of a shard that was read may wait for a commit before the shard's end.
    let partInterval: Duration

    private let settings: ScanSettings
    private let lock: FolderLock
    private let nextCommit: Mutex<Int>

    /// Commits that were found and still hold.
    let found: [RunCommit]
    /// Shards with a committed part but no committed end, with the last part.
    let unfinished: [ByteName: ShardPart]
    /// Shards with only some of their pieces committed.
    let pieces: [ByteName: [ShardReport]]

    /// Opens the folder, or makes it.
    ///
    /// Finished work that is still valid is taken over. The work of another command is not touched: a folder with other
    /// files, or one with other options, is refused. With `restarts` the folder's finished work is deleted instead.
    ///
    /// - Throws: ``RunError/foreignFolder(path:reason:)``, ``RunError/otherWork(path:differences:)``,
    ///   ``RunError/inUse(path:)`` and others.
    init(
        folder: String, manifest: ScanManifest, shards: [Shard], restarts: Bool = false, setsAside: Bool = true,
        interval: Duration = .seconds(1), partInterval: Duration = .seconds(30)
    ) throws(RunError) {
        self.folder = folder
        self.interval = interval
        self.partInterval = partInterval
        settings = manifest.settings
        try Self.refuseForeign(folder, restarts: restarts)
        for path in [folder, folder + "/runs", folder + "/commits"] {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw .cannotWrite(path: path, reason: "the folder cannot be made")
            }
        }
        lock = try FolderLock(folder: folder, isAttempt: manifest.attempt != nil)
        Self.removeUnfinishedFiles(in: folder)
        let work = try FinishedWork(
            in: folder, manifest: manifest, shards: shards, restarts: restarts, setsAside: setsAside)
        try SystemFile.replace(folder + "/task.json", with: manifest.sealedText)
        try work.settle()
        found = work.counting
        unfinished = ShardPart.unfinished(in: found)
        pieces = ShardReport.joinedShards(found.flatMap(\.pieces)).others
        nextCommit = Mutex(work.lastCommit + 1)
        store = RunStore(.durable(folder: folder + "/runs"), firstRun: work.lastRun)
    }

    /// Commits runs, which must contain the shards of the reports, the pieces and the part, and nothing else.
    func commit(
        runs: GatheredRuns, reports: [ShardReport], pieces: [ShardReport] = [], part: ShardPart? = nil
    ) throws(RunError) {
        guard !reports.isEmpty || !pieces.isEmpty || part != nil else { return }
        SystemFile.synchronizeFolder(folder + "/runs")
        let number = nextCommit.withLock { number in
            defer { number += 1 }
            return number
        }
        let commit = RunCommit(settings: settings, runs: runs, reports: reports, pieces: pieces, part: part)
        try SystemFile.replace("\(folder)/commits/\(RunStore.name(number)).json", with: commit.sealedText)
    }

    // MARK: The folder

    /// Throws if a folder exists and has content that no scan wrote, or content of another version unless it restarts.
    private static func refuseForeign(_ folder: String, restarts: Bool) throws(RunError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        if names.contains("task.json") {
            let path = folder + "/task.json"
            guard let version = try SealedJSON.version(of: ScanManifest.format, path) else {
                throw .foreignFolder(path: folder, reason: "its task.json is of something else")
            }
            guard version == RunCommit.version || restarts else { throw .otherVersion(path: path, version: version) }
            return
        }
        // A process that ended before it wrote task.json leaves nothing else.
        for name in names.sorted() where !["lock", "runs", "commits"].contains(name) && !isTemporary(name) {
            throw .foreignFolder(
                path: folder,
                reason: name.hasPrefix("task-") || name.hasPrefix("job-")
                    ? "it holds the runs of several tasks or jobs, such as \(name)"
                    : "it holds \(name), and no task.json")
        }
        for part in ["runs", "commits"] {
            let inside = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)")) ?? []
            if let name = inside.min() {
                throw .foreignFolder(path: folder, reason: "it holds \(part)/\(name), and no task.json")
            }
        }
    }

    /// Removes files that a process was writing when it was killed.
    private static func removeUnfinishedFiles(in folder: String) {
        for place in [folder, folder + "/commits"] {
            for name in names(in: place, endingIn: SystemFile.temporarySuffix) where isTemporary(name) {
                unlink("\(place)/\(name)")
            }
        }
    }

    /// Whether a file is a temporary one of ``SystemFile/replace(_:with:)``, for `task.json` or a commit.
    private static func isTemporary(_ name: String) -> Bool {
        guard name.hasSuffix(SystemFile.temporarySuffix) else { return false }
        let stem = name.dropLast(SystemFile.temporarySuffix.count)
        // Version 0.1 had no mark between the name and the suffix.
        let marked = stem.last == "n" ? stem : stem.dropLast(17)
        return marked == "task.json" || number(of: String(marked)) != nil
    }

    /// The number of a run or commit by its name, such as `000012.run`; `nil` for any other name.
    static func number(of name: String) -> Int? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count >= 6, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(parts[0])
    }

    /// Names of files in a folder, sorted.
    static func names(in folder: String, endingIn suffix: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(suffix) }.sorted()
    }
}

/// A lock that keeps other processes out of a folder; it is released when the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// The folder of an attempt has only one writer, because of its name, so it needs no lock if the file system has
    /// none.
    init(folder: String, isAttempt: Bool) throws(RunError) {
        descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: folder + "/lock", reason: SystemFile.reason()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        // If this throws, `deinit` closes the file: all properties are set.
        guard errno != EWOULDBLOCK else { throw .inUse(path: folder) }
        if isAttempt { return }
        throw .cannotWrite(
            path: folder + "/lock",
            reason: "the file system gives no lock (\(SystemFile.reason())): give each attempt at a task a number "
                + "of its own (--attempt)")
    }

    deinit { close(descriptor) }
}

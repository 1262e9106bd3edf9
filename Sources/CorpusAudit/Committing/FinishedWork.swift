#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The commits in a folder, and their fate when a scan resumes in it.
///
/// A commit counts if every shard of it is requested, with the same options, and its file is unchanged. A commit of a
/// changed file is superseded: its shards are read again. A commit of a shard that is not requested now is set aside,
/// and returns once its shards are requested again. Other options, and other names for the same files, are refused:
/// treating them as a new scan would delete finished work.
struct FinishedWork {
    /// Commits that count.
    let counting: [RunCommit]
    /// The highest numbers that commits and runs have.
    let lastCommit: Int
    let lastRun: Int

    private let folder: String
    /// Commits that are no longer needed.
    private let superseded: [String]
    /// Commits that change their place, old place first.
    private let moves: [(from: String, to: String)]
    /// Runs that no commit names.
    private let unnamedRuns: [String]

    private typealias Found = (name: String, commit: RunCommit)

    /// Looks through a folder and changes nothing in it.
    ///
    /// With `restarts`, no commit counts and all are superseded.
    ///
    /// - Throws: ``RunError/otherWork(path:differences:)``, and the errors of reading a commit.
    init(
        in folder: String, manifest: ScanManifest, shards: [Shard], restarts: Bool, setsAside: Bool
    ) throws(RunError) {
        self.folder = folder
        let names = (
            committed: ScanJournal.names(in: folder + "/commits", endingIn: ".json"),
            aside: ScanJournal.names(in: folder + "/set-aside", endingIn: ".json")
        )
        let runs = ScanJournal.names(in: folder + "/runs", endingIn: ".run").filter {
            ScanJournal.number(of: $0) != nil
        }
        lastCommit = (names.committed + names.aside).compactMap { ScanJournal.number(of: $0) }.max() ?? 0
        lastRun = runs.compactMap { ScanJournal.number(of: $0) }.max() ?? 0
        if restarts {
            counting = []
            moves = []
            superseded =
                names.committed.filter { ScanJournal.number(of: $0) != nil }.map { "\(folder)/commits/\($0)" }
                + names.aside.filter { ScanJournal.number(of: $0) != nil }.map { "\(folder)/set-aside/\($0)" }
            unnamedRuns = runs
            return
        }
        var sorting = Sorting(folder: folder, manifest: manifest, shards: shards)
        for name in names.committed { try sorting.add((name, RunCommit(sealedFile: "\(folder)/commits/\(name)"))) }
        sorting.removeTorn()
        try sorting.refuseDifferences()
        if !setsAside { try sorting.refuseSettingAside() }
        var aside: [Found] = []
        for name in names.aside { aside.append((name, try RunCommit(sealedFile: "\(folder)/set-aside/\(name)"))) }
        let returning = sorting.returning(of: aside)
        let wanted = sorting.wanted
        counting = (sorting.kept + returning).map { found in
            var commit = found.commit
            for index in commit.reports.indices { commit.reports[index].resume(wanted) }
            for index in commit.pieces.indices { commit.pieces[index].resume(wanted) }
            commit.part?.report.resume(wanted)
            return commit
        }
        superseded = sorting.superseded.map { "\(folder)/commits/\($0)" }
        moves =
            sorting.aside.map { ("\(folder)/commits/\($0.name)", "\(folder)/set-aside/\($0.name)") }
            + returning.map { ("\(folder)/set-aside/\($0.name)", "\(folder)/commits/\($0.name)") }
        let named = Set((sorting.kept + sorting.aside + aside).flatMap { $0.commit.runNames })
        unnamedRuns = runs.filter { !named.contains($0) }
    }

    /// Brings the folder into the new state: moves and removes commits, then removes runs that no commit names.
    func settle() throws(RunError) {
        for path in superseded { unlink(path) }
        if !moves.isEmpty {
            let place = folder + "/set-aside"
            guard mkdir(place, 0o755) == 0 || errno == EEXIST else {
                throw .cannotWrite(path: place, reason: SystemFile.reason())
            }
            for (from, to) in moves where rename(from, to) != 0 {
                throw .cannotWrite(path: to, reason: SystemFile.reason())
            }
            SystemFile.synchronizeFolder(place)
        }
        if !moves.isEmpty || !superseded.isEmpty { SystemFile.synchronizeFolder(folder + "/commits") }
        for name in unnamedRuns { unlink("\(folder)/runs/\(name)") }
    }

    /// Sorts commits by their content.
    private struct Sorting {
        let folder: String
        let manifest: ScanManifest
        let wanted: [ByteName: Shard]
        private(set) var kept: [Found] = []
        private(set) var aside: [Found] = []
        private(set) var superseded: [String] = []
        private var differences: [String] = []

        init(folder: String, manifest: ScanManifest, shards: [Shard]) {
            self.folder = folder
            self.manifest = manifest
            wanted = Dictionary(shards.map { (ByteName($0.path), $0) }, uniquingKeysWith: { first, _ in first })
        }

        mutating func add(_ found: Found) {
            let changes = differences(of: found.commit)
            for change in changes where !differences.contains(change) { differences.append(change) }
            if !changes.isEmpty { return }
            if !isWhole(found.commit) {
                superseded.append(found.name)
            } else if found.commit.held.contains(where: { wanted[ByteName($0.shard.path)] == nil }) {
                aside.append(found)
            } else if found.commit.held.allSatisfy({ holds($0, of: found.commit) }) {
                kept.append(found)
            } else {
                superseded.append(found.name)
            }
        }

        /// Removes commits of shards with a missing earlier part, or with one part twice.
        mutating func removeTorn() {
            let apart = Set(aside.flatMap { $0.commit.held.map { ByteName($0.shard.path) } })
            while true {
                let torn = Set(ShardPart.torn(in: kept.map(\.commit)))
                guard !torn.isEmpty else { return }
                for found in kept {
                    let shards = Set(found.commit.held.map { ByteName($0.shard.path) })
                    guard !shards.isDisjoint(with: torn) else { continue }
                    if shards.isDisjoint(with: apart) { superseded.append(found.name) } else { aside.append(found) }
                }
                kept.removeAll { found in found.commit.held.contains { torn.contains(ByteName($0.shard.path)) } }
            }
        }

        /// Throws where the folder's work was made with other options, or under other names of the same files.
        func refuseDifferences() throws(RunError) {
            guard differences.isEmpty else { throw .otherWork(path: folder, differences: differences) }
            var names: [FileIdentity: String] = [:]
            for report in aside.flatMap(\.commit.held)
            where wanted[ByteName(report.shard.path)] == nil && report.identity.bytes > 0 {
                names[report.identity] = report.shard.path
            }
            guard !names.isEmpty else { return }
            let known = Set(kept.flatMap { $0.commit.held.map { ByteName($0.shard.path) } })
            var renamed: [String] = []
            for (path, shard) in wanted.sorted(by: { $0.key < $1.key })
            where !known.contains(path) && shard.command == nil {
                guard let identity = FileIdentity(path: shard.location), let name = names[identity] else { continue }
                renamed.append("the shard \(name) is now named \(shard.path)")
            }
            guard renamed.isEmpty else { throw .otherWork(path: folder, differences: renamed) }
        }

        /// Throws where commits would be set aside: a merge of the folder would silently count less than was scanned.
        func refuseSettingAside() throws(RunError) {
            let shards = aside.flatMap(\.commit.held).map(\.shard.path).filter { wanted[ByteName($0)] == nil }
            guard let first = shards.first else { return }
            throw .otherWork(
                path: folder,
                differences: [
                    "\(shards.count) of its shards, such as \(first), \(shards.count == 1 ? "is" : "are") not asked for now"
                ])
        }

        /// Those of the commits set aside earlier that count again.
        func returning(of earlier: [Found]) -> [Found] {
            let known = Set(kept.flatMap { $0.commit.held.map { ByteName($0.shard.path) } })
            var returning = earlier.filter { found in
                differences(of: found.commit).isEmpty && isWhole(found.commit)
                    && found.commit.held.allSatisfy {
                        holds($0, of: found.commit) && !known.contains(ByteName($0.shard.path))
                    }
            }
            while true {
                let torn = Set(ShardPart.torn(in: returning.map(\.commit)))
                guard !torn.isEmpty else { return returning }
                returning.removeAll { $0.commit.held.contains { torn.contains(ByteName($0.shard.path)) } }
            }
        }

        /// The options of a commit that differ from those of now, old value first.
        private func differences(of commit: RunCommit) -> [String] {
            var found = manifest.settings.changes(from: commit.settings)
            for report in commit.held {
                if let shard = wanted[ByteName(report.shard.path)] {
                    found += shard.changes(from: report.shard)
                } else if manifest.task.count > 1 {
                    found.append("\(report.shard.path) was a shard of this task and is none now")
                }
            }
            return found
        }

        /// Whether a shard is still the same file, and reading it again would have the same outcome.
        private func holds(_ report: ShardReport, of commit: RunCommit) -> Bool {
            guard let shard = wanted[ByteName(report.shard.path)] else { return false }
            // Of a stream only reading it can say; see ``Auditor``.
            if shard.isStream { return report.wasRead && shard.isSameInput(as: report.shard) }
            guard shard.object == report.shard.object else { return false }
            guard shard.command != nil || FileIdentity(path: shard.location) == report.identity,
                report.index == nil
                    || FileIdentity(path: shard.companionLocation) == report.index?.identity
            else { return false }
            // The limit may be higher now than the one that was too low then.
            let counts = report.problems.counts
            return counts[.windowTooLarge] == nil
                && (counts[.recordTooLong] == nil
                    || commit.settings.maximumRecordBytes == manifest.settings.maximumRecordBytes)
        }

        private func isWhole(_ commit: RunCommit) -> Bool {
            (try? commit.openRuns(in: folder)) != nil
        }
    }
}

extension ShardReport {
    /// Uses the shard as requested now, since its scores may have other weights than before.
    fileprivate mutating func resume(_ wanted: [ByteName: Shard]) { shard = wanted[ByteName(shard.path)] ?? shard }
}

extension Shard {
    /// The changes in how the shard is read, each option with its old value first.
    fileprivate func changes(from old: Shard) -> [String] {
        let options: [(name: String, old: String, new: String)] = [
            ("source", old.source, source),
            ("format", old.format.description, format.description),
            ("text key", old.fields.textKeys, fields.textKeys),
            ("where", old.fields.condition?.description ?? "none", fields.condition?.description ?? "none"),
            ("source key", old.fields.source?.description ?? "none", fields.source?.description ?? "none"),
            ("quality key", old.fields.quality?.description ?? "none", fields.quality?.description ?? "none"),
        ]
        return options.filter { ByteName($0.old) != ByteName($0.new) }.map { "\($0.name): \($0.old) → \($0.new)" }
    }
}

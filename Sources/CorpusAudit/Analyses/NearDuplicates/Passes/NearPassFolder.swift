import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The folder for the outputs of processes that share a search for near copies.
///
/// ```
/// pairs-0-2047/output.json    names the runs next to it, and what they were made from
/// pairs-0-2047/000001.run     sorted pairs
/// counts-0-2047/…             counted pairs
/// copies-0-4095/…             what is known of texts
/// owners-0-2047/…             the sources of texts in clusters, next to the sums of a reduction
/// .pairs-0-2047.x7Tq1z/       what a process is working on
/// ```
/// An output is made in a separate folder, which is renamed when the output is complete. So an output exists as a whole
/// or not at all, and two attempts at one output do not collide: the first to end counts.
struct NearPassFolder {
    let path: String
    /// The digest of the runs of the scans.
    let corpus: String

    private static let commitName = "output.json"

    /// The outputs of a pass.
    struct Outputs {
        var commits: [NearPassOutput] = []
        var runs: [EntryRun] = []

        /// The digest that identifies these commits.
        var digest: String { NearPassFolder.digest(commits.map(\.seal)) }
    }

    init(_ path: String, of runs: CommittedRuns) {
        self.path = path
        corpus = Self.digest(runs.seals)
    }

    private static func digest(_ seals: [String]) -> String {
        Array(seals.map { $0 + "\u{0}" }.joined().utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }

    // MARK: Reading

    /// The outputs of a pass, which contain every partition once.
    ///
    /// The outputs of the previous pass may be deleted by now. If they exist, they must be those that these were made
    /// from.
    ///
    /// - Throws: ``RunError``, by name, for partitions that are missing or exist twice, and for outputs that are
    ///   damaged, of other runs, or made from other outputs than the existing ones.
    func outputs(of pass: NearPass) throws(RunError) -> Outputs {
        let found = ranges(of: pass)
        var next = 0
        for (place, range) in found.enumerated() {
            guard range.first >= next else {
                throw .unsuitable(
                    path: folder(pass.rawValue, range),
                    reason: "its partitions \(range.description) are in "
                        + "\(folder(pass.rawValue, found[place - 1])) too; remove one of them")
            }
            guard range.first == next else { throw missing(pass, next, range.first - 1) }
            next = range.last + 1
        }
        guard next == PartitionRange.count else { throw missing(pass, next, PartitionRange.count - 1) }
        var outputs = Outputs()
        var source: String?
        if let before = pass.before, !ranges(of: before).isEmpty { source = try self.outputs(of: before).digest }
        for range in found {
            let (output, runs) = try read(pass.rawValue, range, corpus: corpus, madeFrom: source)
            source = output.madeFrom
            outputs.commits.append(output)
            outputs.runs += runs
        }
        return outputs
    }

    /// The partitions that outputs of a pass are named by, sorted.
    private func ranges(of pass: NearPass) -> [PartitionRange] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            .filter { $0.hasPrefix(pass.rawValue + "-") }
            .compactMap { PartitionRange(String($0.dropFirst(pass.rawValue.count + 1))) }
            .sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    }

    /// The owners that a reduction of some partitions wrote next to its sums.
    ///
    /// - Throws: ``RunError`` if they are missing, damaged, or do not have the seal that the sums name.
    func owners(of partitions: PartitionRange, corpus: String, seal: String) throws(RunError) -> [EntryRun] {
        let place = folder(NearPass.owners, partitions)
        guard FileManager.default.fileExists(atPath: place) else {
            throw .unsuitable(
                path: place, reason: "it is missing, though sums of these partitions name it; reduce them again")
        }
        let (output, runs) = try read(NearPass.owners, partitions, corpus: corpus, madeFrom: nil)
        guard output.seal == seal else {
            throw .unsuitable(
                path: place,
                reason: "another reduction of these partitions wrote it than the sums that are added up; "
                    + "reduce them again")
        }
        return runs
    }

    /// Reads an output, if it exists.
    private func read(
        _ pass: String, _ partitions: PartitionRange, corpus: String, madeFrom: String?
    ) throws(RunError) -> (NearPassOutput, [EntryRun]) {
        let place = folder(pass, partitions)
        return try withAdvice(pass, partitions) { () throws(RunError) in
            let output = try NearPassOutput(sealedFile: "\(place)/\(Self.commitName)")
            guard output.pass == pass, output.partitions == partitions else {
                throw .damaged(
                    path: place,
                    reason: "it is the output of the pass \(output.pass) over \(output.partitions.description)")
            }
            guard output.corpus == corpus else {
                throw .unsuitable(
                    path: place,
                    reason: "it was made from other runs, or under another manifest; remove it, or name another folder")
            }
            guard madeFrom == nil || output.madeFrom == madeFrom else {
                throw .unsuitable(
                    path: place,
                    reason: "it was made from other outputs of the pass before than those that are there now; "
                        + "remove it and run the pass again")
            }
            var runs: [EntryRun] = []
            for kind in output.kinds {
                for run in kind.runs {
                    let entries = try EntryRun(
                        opening: "\(place)/\(run.name)", kind: EntryKind(name: kind.kind, stride: kind.bytes))
                    guard entries.count == run.records else {
                        throw .damaged(
                            path: "\(place)/\(run.name)",
                            reason: "it holds \(entries.count) entries, and \(run.records) are named")
                    }
                    runs.append(entries)
                }
            }
            return (output, runs)
        }
    }

    /// Does something with outputs; the error for a damaged output says that it must be made again, without a new scan.
    private func withAdvice<Value>(
        _ pass: String, _ partitions: PartitionRange, _ body: () throws(RunError) -> Value
    ) throws(RunError) -> Value {
        let again =
            pass == NearPass.owners
            ? "reduce these partitions again" : "remove \(folder(pass, partitions)) and run the pass again"
        do throws(RunError) {
            return try body()
        } catch .damaged(let path, let reason) {
            throw .unsuitable(path: path, reason: "\(reason); \(again)")
        } catch .missing(let path) {
            throw .unsuitable(path: path, reason: "it is missing; \(again)")
        } catch .otherVersion(let path, let version) {
            throw .unsuitable(path: path, reason: "it is of format version \(version); \(again)")
        }
    }

    private func missing(_ pass: NearPass, _ first: Int, _ last: Int) -> RunError {
        let range = first == last ? "\(first)" : "\(first)-\(last)"
        return .unsuitable(
            path: path,
            reason: "the pass \(pass.rawValue) has no output for the partitions \(range); `merge --near-pass "
                + "\(pass.rawValue)\(pass == .copies ? "" : " --partitions \(range)") --near-folder \(path)` makes it")
    }

    private func folder(_ pass: String, _ partitions: PartitionRange) -> String {
        "\(path)/\(pass)-\(partitions.description)"
    }

    // MARK: Writing

    /// The output of a pass over some partitions, if it exists.
    ///
    /// - Throws: ``RunError`` if an output exists that does not belong to these runs.
    func finished(_ pass: NearPass, _ partitions: PartitionRange, madeFrom: String) throws(RunError) -> NearPassReport?
    {
        guard FileManager.default.fileExists(atPath: folder(pass.rawValue, partitions)) else { return nil }
        let (_, runs) = try read(pass.rawValue, partitions, corpus: corpus, madeFrom: madeFrom)
        return report(pass, partitions, runs, wasDone: true)
    }

    private func report(
        _ pass: NearPass, _ partitions: PartitionRange, _ runs: [EntryRun], wasDone: Bool
    ) -> NearPassReport {
        NearPassReport(
            pass: pass, partitions: partitions, entries: runs.reduce(0) { $0 + $1.count },
            bytes: runs.reduce(0) { $0 + $1.count * $1.kind.stride }, wasDone: wasDone)
    }

    /// Makes the output of a pass.
    ///
    /// - Parameters:
    ///   - pass: The pass.
    ///   - partitions: Its partitions.
    ///   - madeFrom: The digest of its inputs.
    ///   - body: Writes runs to a store, and describes them.
    /// - Returns: The work done.
    /// - Throws: ``RunError`` if it cannot be written, and the errors of the closure.
    func write(
        _ pass: NearPass, _ partitions: PartitionRange, madeFrom: String,
        _ body: (RunStore) throws -> (NearPassOutput, [EntryRun])
    ) throws -> NearPassReport {
        let (_, runs) = try write(
            pass.rawValue, partitions, corpus: corpus, madeFrom: madeFrom, replaces: false, body)
        return report(pass, partitions, runs, wasDone: false)
    }

    /// Writes the owners of some partitions, and replaces those of an earlier reduction.
    ///
    /// - Parameters:
    ///   - shares: The texts of clusters.
    ///   - partitions: The partitions.
    ///   - corpus: The digest of the runs and of the sources' order and weights.
    ///   - memory: Bytes of memory.
    ///   - stop: Ends the work once it is requested.
    /// - Returns: The seal of the output, which the sums name.
    /// - Throws: ``RunError`` if a file cannot be read or written; `CancellationError`.
    func write(
        owners shares: [EntryRun], of partitions: PartitionRange, corpus: String, memory: Int, stop: StopSignal
    ) throws -> String {
        let (output, _) = try write(NearPass.owners, partitions, corpus: corpus, madeFrom: "", replaces: true) {
            store in
            guard !shares.isEmpty else { return (NearPassOutput(), []) }
            let path = try store.newPath()
            var writer = try EntryRun.writer(of: ClusterShare.self, creating: path, isDurable: true)
            try MergePass(memory: memory, store: RunStore(.temporary)).merge(shares, stop: stop) {
                (share: ClusterShare) in try writer.append(share)
            }
            try writer.finish()
            return (NearPassOutput(), [try EntryRun(opening: path, kind: ClusterShare.kind)])
        }
        return output.seal
    }

    private func write(
        _ pass: String, _ partitions: PartitionRange, corpus: String, madeFrom: String, replaces: Bool,
        _ body: (RunStore) throws -> (NearPassOutput, [EntryRun])
    ) throws -> (NearPassOutput, [EntryRun]) {
        let place = folder(pass, partitions)
        let work = try NearPassWork(in: path, for: "\(pass)-\(partitions.description)")
        var (output, runs) = try body(RunStore(.durable(folder: work.path)))
        (output.pass, output.partitions, output.corpus, output.madeFrom) = (pass, partitions, corpus, madeFrom)
        output.kinds = RunCommit.KindRuns.named(runs)
        try SystemFile.replace("\(work.path)/\(Self.commitName)", with: output.sealedText)
        if replaces { NearPassWork.remove(place) }
        if rename(work.path, place) == 0 {
            SystemFile.synchronizeFolder(path)
        } else if errno != EEXIST, errno != ENOTEMPTY {
            throw RunError.cannotWrite(path: place, reason: SystemFile.reason())
        }
        // If another attempt finished first, its output counts, and ours is removed with `work`.
        return try read(pass, partitions, corpus: corpus, madeFrom: madeFrom)
    }
}

/// A hidden folder for an attempt at an output.
///
/// It is locked as long as its process lives, so that the next attempt can remove the folder of a killed one.
private final class NearPassWork {
    let path: String
    private let descriptor: Int32

    init(in folder: String, for name: String) throws(RunError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: folder, reason: "the folder cannot be made")
        }
        let prefix = ".\(name)."
        for other in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where other.hasPrefix(prefix)
        {
            let abandoned = open("\(folder)/\(other)", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard abandoned >= 0 else { continue }
            if flock(abandoned, LOCK_EX | LOCK_NB) == 0 { Self.remove("\(folder)/\(other)") }
            close(abandoned)
        }
        var template = Array("\(folder)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .cannotWrite(path: folder, reason: "a folder to work in cannot be made: \(SystemFile.reason())")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Other users of the job read the output.
        chmod(path, 0o755)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: SystemFile.reason()) }
        // If the file system gives no lock, abandoned folders stay.
        flock(descriptor, LOCK_SH | LOCK_NB)
    }

    deinit {
        Self.remove(path)
        close(descriptor)
    }

    /// Removes a folder with the files that an output has, and nothing else.
    static func remove(_ path: String) {
        unlink(path + "/output.json")
        for name in ScanJournal.names(in: path, endingIn: ".run") where ScanJournal.number(of: name) != nil {
            unlink("\(path)/\(name)")
        }
        for name in ScanJournal.names(in: path, endingIn: SystemFile.temporarySuffix) { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

/// Why runs cannot be written, read or merged.
public enum RunError: Error, Sendable, Equatable {
    /// A file that cannot be written: a full disk, a missing folder.
    case cannotWrite(path: String, reason: String)
    /// A file that cannot be read.
    case cannotRead(path: String, reason: String)
    /// A run or commit whose bytes have changed since they were written.
    case damaged(path: String, reason: String)
    /// A file that a commit names and that is not there.
    case missing(path: String)
    /// A file of another version of the format.
    case otherVersion(path: String, version: Int)
    /// Another process holds the directory.
    case inUse(path: String)
    /// Runs made with options that do not go together.
    case differentOptions(path: String, reason: String)
    /// A shard that two commits hold.
    case doubledShard(shard: String, paths: [String])
    /// One file in runs under two names: size, times, inode and digest are the same.
    case doubledFile(shards: [String])
    /// A scan that has not read all its shards.
    case unfinished(path: String, shards: [String])
    /// Tasks of a scan that are not there.
    case missingTasks(path: String, tasks: [Int], of: Int)
    /// A directory that holds no committed runs.
    case noRuns(path: String)
    /// Valid files that cannot give the requested result; the reason says what they can give.
    case unsuitable(path: String, reason: String)
    /// A folder that holds something else; nothing in it was touched.
    case foreignFolder(path: String, reason: String)
    /// A folder with finished work of another command; each difference is one entry, old value first.
    case otherWork(path: String, differences: [String])
    /// Runs were scanned under a manifest, but the merge has none; with the digest of the manifest's declarations.
    case missingManifest(path: String, digest: String)
    /// The machine has no more memory or threads; data that were being read are not committed.
    case machineFailed(reason: String)
    /// An option out of its range.
    case unusableOption(name: String, reason: String)

    /// Memory ran out for a purpose.
    static func outOfMemory(_ purpose: String) -> RunError {
        .machineFailed(reason: "there is no memory left for \(purpose)")
    }
}

extension RunError: CustomStringConvertible {
    /// One sentence that says what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .cannotWrite(let path, let reason):
            "\(path) cannot be written: \(reason); "
                + (SpillFolder.holds(path) ? "make room there, or set TMPDIR to a folder that has more; " : "")
                + "a command with --state or --runs goes on from what it committed before"
        case .cannotRead(let path, let reason):
            "\(path) cannot be read: \(reason)"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); remove the folder of this scan and scan its shards again"
        case .missing(let path):
            "\(path) is missing, though a commit names it; copy it here, or scan its shards again"
        case .otherVersion(let path, let version):
            "\(path) is of format version \(version), and this datawall reads version \(RunCommit.version); nothing was changed. "
                + (version < RunCommit.version
                    ? "Scan the shards again into another folder, or merge with the datawall that wrote it"
                    : "Use the datawall that wrote it, or a later one")
        case .inUse(let path):
            "\(path) is in use by another datawall; wait for it, or name another folder"
        case .differentOptions(let path, let reason):
            "\(path) was scanned differently: \(reason); runs of one audit share level, fields, normalization and tokenizer"
        case .doubledShard(let shard, let paths):
            Shard.isUnnamedStream(shard)
                ? "\(paths.joined(separator: " and ")) each hold a stream without a name (\(shard)), which may be one and "
                    + "the same; give every stream a name when it is scanned: scan - --name part-0007"
                : "\(shard) is in \(paths.joined(separator: " and in ")): its text would count twice"
        case .doubledFile(let shards):
            "\(shards.joined(separator: " and ")) are one file under two names: its text would count twice; scan it once"
        case .unfinished(let path, let shards):
            "the scan in \(path) is not finished: "
                + (shards.count == 1
                    ? "\(shards[0]) is not committed; "
                    : "\(shards.count) shards are not committed, \(shards[0]) among them; ")
                + "run the same scan again"
        case .missingTasks(let path, let tasks, let count):
            "of the \(count) tasks of the scan in \(path) these are missing: \(tasks.map { "\($0)" }.joined(separator: ", "))"
        case .noRuns(let path):
            "\(path) holds no committed runs; `datawall scan --runs` writes them"
        case .unsuitable(let path, let reason):
            "\(path) cannot be used for this: \(reason)"
        case .foreignFolder(let path, let reason):
            "\(path) is not a folder that datawall made: \(reason); name another folder (nothing in it was changed)"
        case .otherWork(let path, let differences):
            "\(path) holds finished work of another command: \(Self.listed(differences)); "
                + "repeat that command, name another folder, or throw the finished work away with --restart"
        case .missingManifest(let path, let digest):
            "\(path) was scanned under a manifest (digest \(digest)), and without it the weights, caps, quality maps and "
                + "order of sources are lost; give it with --manifest, or accept the loss with --no-manifest"
        case .machineFailed(let reason):
            "the machine failed: \(reason); what a command with --state or --runs committed before is safe. "
                + "Free memory, or lower --memory or --threads, and run the same command again"
        case .unusableOption(let name, let reason):
            "the option \(name) cannot be used: \(reason)"
        }
    }

    /// The first few of a list, and how many more there are.
    private static func listed(_ entries: [String]) -> String {
        entries.prefix(5).joined(separator: "; ") + (entries.count > 5 ? "; and \(entries.count - 5) more" : "")
    }
}

/// A share of a corpus that one of several scans takes.
public struct ScanTask: Sendable, Hashable {
    /// Which share, from 0.
    public let index: Int
    /// How many shares there are.
    public let count: Int

    /// The whole corpus in one share.
    public static let whole = ScanTask(0, of: 1)

    private init(_ index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// Reads `i/n`; `nil` for anything else.
    ///
    /// Arrays of jobs number their tasks from 0 or from 1: *n*/*n* is 0/*n*, so that either way each share is taken once.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), count >= 1, count <= 1_000_000,
            index >= 0, index <= count
        else { return nil }
        self.init(index % count, of: count)
    }

    /// The folder of this share's runs below a scan's own folder.
    ///
    /// It is `nil` if the runs are in the scan's folder itself: those of the whole corpus, unless it may have several
    /// attempts.
    func folderName(attempt: Int?) -> String? {
        if count == 1, attempt == nil { return nil }
        let share = "task-\(RunStore.name(index))-of-\(RunStore.name(count))"
        return share + (attempt.map { "-attempt-\(RunStore.name($0))" } ?? "")
    }

    /// The highest number of an attempt, the largest integer that every program reads exactly.
    public static let highestAttempt = 1 << 53

    /// Throws ``RunError/unusableOption(name:reason:)`` for a number that no attempt has.
    static func check(attempt: Int?) throws(RunError) {
        guard let attempt, !(0...highestAttempt).contains(attempt) else { return }
        throw .unusableOption(name: "attempt", reason: "\(attempt) is not from 0 to 2⁵³")
    }

    /// The shards of this share: largest first, each to the share with the fewest bytes so far.
    ///
    /// The same on every machine that sees the same files. Throws nothing; a file that is missing has size 0.
    ///
    /// - Parameter shards: All shards.
    /// - Returns: This share's.
    func share(of shards: [Shard]) -> [Shard] {
        guard count > 1 else { return shards }
        let sized = shards.map { (shard: $0, size: $0.byteCount) }
            .sorted { $0.size != $1.size ? $0.size > $1.size : ByteName($0.shard.path) < ByteName($1.shard.path) }
        var loads = [Int](repeating: 0, count: count)
        var mine: [Shard] = []
        for (shard, size) in sized {
            let lightest = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
            // A byte more, so that empty files are spread too.
            loads[lightest] += size + 1
            if lightest == index { mine.append(shard) }
        }
        return mine.sorted { ByteName($0.path) < ByteName($1.path) }
    }
}

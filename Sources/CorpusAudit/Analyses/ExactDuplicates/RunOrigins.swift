/// The origins of a run that is being written, and their relations.
///
/// Copies of a text that differ only in their shard share one record: an audit needs only the number of copies in a
/// source and the first of them. Runs that outlive the process keep shards apart nevertheless; shards whose scores
/// weigh differently are always kept apart.
struct RunOrigins {
    /// The origins by number.
    private(set) var all: [RunOrigin] = []
    private let joinsShards: Bool

    private struct Group: Hashable {
        var source: ByteName
        var map: QualityMap?
    }

    /// For each origin, the first of the same source and quality map.
    private var first: [Int] = []
    private var firstOfGroup: [Group: Int] = [:]

    private var shard = ByteName("")
    private var map: QualityMap?
    /// The origin that others were last compared with, and how often that origin has changed.
    private var compared = -1
    private var comparisons: UInt64 = 0
    /// For each origin, the cached answer whether its shard comes before that of ``compared``: the value of
    /// `comparisons` at that time, times two, plus the answer.
    private var answers: [UInt64] = []

    init(joinsShards: Bool) { self.joinsShards = joinsShards }

    /// Starts a shard; origins that are added later are in it.
    mutating func begin(_ shard: Shard) {
        self.shard = ByteName(shard.path)
        map = shard.fields.qualityMap
    }

    /// Adds the current shard as an origin of a source and returns its number.
    mutating func add(source: ByteName) -> Int {
        let number = all.count
        all.append(RunOrigin(source: source, shard: shard))
        if joinsShards {
            let group = Group(source: source, map: map)
            let known = firstOfGroup[group] ?? number
            firstOfGroup[group] = known
            first.append(known)
            answers.append(0)
        }
        return number
    }

    /// Forgets the origins, but not the current shard.
    mutating func removeAll() {
        all = []
        first = []
        firstOfGroup = [:]
        compared = -1
        answers = []
    }

    /// Whether copies from two origins may share a record.
    @inline(__always)
    func areJoined(_ left: Int, _ right: Int) -> Bool {
        left == right || joinsShards && first[left] == first[right]
    }

    /// Whether the shard of an origin comes before that of another one, by path.
    ///
    /// Callers compare many origins with the same one in a row, so the answers are cached until that one changes.
    mutating func precedes(_ left: Int, _ right: Int) -> Bool {
        if right != compared {
            compared = right
            comparisons += 1
        }
        if answers[left] >> 1 != comparisons {
            answers[left] = comparisons << 1 | (all[left].shard < all[right].shard ? 1 : 0)
        }
        return answers[left] & 1 == 1
    }
}

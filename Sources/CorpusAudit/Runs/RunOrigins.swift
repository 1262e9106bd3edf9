/// The origins of a run in the making, and how they stand to each other.
///
/// Copies of a text that differ in their shard alone need one record between them: an audit asks how many a source has
/// and which of them comes first. Runs that outlive the process keep shards apart all the same.
struct RunOrigins {
    /// The origins by number.
    private(set) var all: [RunOrigin] = []
    private let joinsShards: Bool

    /// For each origin, the first of the same source.
    private var first: [Int] = []
    private var firstOfSource: [ByteName: Int] = [:]

    private var shard = ByteName("")
    /// Shards begun.
    private var shards: UInt32 = 0
    /// For each origin, whether its shard precedes the one in hand, once asked: the number of shards begun by then,
    /// times two, plus the answer.
    private var answers: [UInt32] = []

    init(joinsShards: Bool) { self.joinsShards = joinsShards }

    /// Starts a shard; origins that are added from now on lie in it.
    mutating func begin(shard: ByteName) {
        self.shard = shard
        shards &+= 1
    }

    /// Adds the shard in hand as an origin of a source and returns its number.
    mutating func add(source: ByteName) -> Int {
        let number = all.count
        all.append(RunOrigin(source: source, shard: shard))
        if joinsShards {
            let known = firstOfSource[source] ?? number
            firstOfSource[source] = known
            first.append(known)
            answers.append(0)
        }
        return number
    }

    /// Forgets the origins, but not the shard in hand.
    mutating func removeAll() {
        all = []
        first = []
        firstOfSource = [:]
        answers = []
    }

    /// Whether copies from two origins may share a record.
    @inline(__always)
    func areJoined(_ left: Int, _ right: Int) -> Bool {
        left == right || joinsShards && first[left] == first[right]
    }

    /// Whether an origin's shard comes before the one in hand, by path.
    mutating func precedes(_ origin: Int) -> Bool {
        let answer = answers[origin]
        if answer >> 1 == shards & 0x7FFF_FFFF, answer != 0 { return answer & 1 == 1 }
        let precedes = all[origin].shard < shard
        answers[origin] = shards << 1 | (precedes ? 1 : 0)
        return precedes
    }
}

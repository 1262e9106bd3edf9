/// Makes pairs of the texts in each bucket: pass A.
///
/// Takes band entries in their order, and pairs each text with the ``NearMethod/comparedMembers`` of highest priority
/// before it. So a bucket of any size needs memory only for those, and makes pairs in proportion to its members.
struct NearBuckets: Equatable {
    /// Buckets with more members than each is compared with.
    var cappedBuckets = 0
    /// Pairs of texts that share a bucket and were not compared, once for each bucket.
    var uncomparedPairs = 0
    /// Members of the largest bucket.
    var largestBucket = 0

    /// Adds the counts of other buckets.
    mutating func merge(_ other: NearBuckets) {
        cappedBuckets += other.cappedBuckets
        uncomparedPairs += other.uncomparedPairs
        largestBucket = max(largestBucket, other.largestBucket)
    }

    private var last: BandEntry?
    private var leaders: [NearNode] = []
    private var members = 0

    /// Takes the next entry; the same entry from several tasks counts once.
    mutating func add<Failure: Error>(
        _ entry: BandEntry, emit: (NearEdge) throws(Failure) -> Void
    ) throws(Failure) {
        if entry == last { return }
        if entry.key != last?.key {
            leaders.removeAll(keepingCapacity: true)
            members = 0
        }
        last = entry
        for leader in leaders { try emit(NearEdge(leader: leader, follower: entry.node)) }
        if leaders.count < NearMethod.comparedMembers {
            leaders.append(entry.node)
        } else {
            if members == leaders.count + 1 { cappedBuckets += 1 }
            uncomparedPairs += members - leaders.count
        }
        members += 1
        largestBucket = max(largestBucket, members)
    }
}

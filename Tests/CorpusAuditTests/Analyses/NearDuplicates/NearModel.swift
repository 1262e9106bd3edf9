@testable import CorpusAudit

/// Passes A to D over arrays, and the same stated once more without passes.
struct NearModel {
    /// For each threshold, the near copies, each with the text that it is a copy of.
    typealias Copies = [Int: [NearNode: NearNode]]

    var buckets = NearBuckets()
    var copies: Copies = [:]

    /// Runs the passes over band entries in any order.
    init(_ entries: [BandEntry], thresholds: [Int]) {
        var edges: [NearEdge] = []
        for entry in entries.sorted(by: BandEntry.precedes) { buckets.add(entry) { edges.append($0) } }
        edges.sort(by: NearEdge.precedes)
        var counts = NearEdgeCounts()
        var pairs: [CountedPair] = []
        for edge in edges { counts.add(edge) { pairs.append($0) } }
        counts.finish { pairs.append($0) }
        pairs.sort(by: CountedPair.precedes)
        var numbering = NearLeaders()
        var leaders: [NearNode] = []
        var counted: [CountedEdge] = []
        for pair in pairs { counted.append(numbering.add(pair) { leaders.append($0) }) }
        counted.sort(by: CountedEdge.precedes)
        for threshold in thresholds {
            // The threshold of which leaders are told comes first; the others ride along.
            let order = [threshold] + thresholds.filter { $0 != threshold }
            var selection = NearSelection(leaders: numbering.count, thresholds: order)
            var unread = leaders[...]
            var found: [NearNode: NearNode] = [:]
            func take(_ copy: NearSelection.NearCopy) {
                guard let rank = copy.leaderRank else { return }
                found[copy.node] = leaders[rank]
            }
            for edge in counted { selection.add(edge, readLeader: { unread.popFirst() }, emit: take) }
            selection.finish(readLeader: { unread.popFirst() }, emit: take)
            copies[threshold] = found
        }
    }

    /// What the definition says, by brute force: from the texts of the highest priority down, a text is a near copy of
    /// the first kept one with which it shares enough bands.
    static func copies(of keys: [NearNode: [UInt64]], thresholds: [Int]) -> Copies {
        let nodes = keys.keys.sorted()
        var copies: Copies = [:]
        for threshold in thresholds {
            var kept: [NearNode] = []
            copies[threshold] = [:]
            for node in nodes {
                let own = Set(keys[node] ?? [])
                if let leader = kept.first(where: { own.intersection(keys[$0] ?? []).count >= threshold }) {
                    copies[threshold]?[node] = leader
                } else {
                    kept.append(node)
                }
            }
        }
        return copies
    }
}

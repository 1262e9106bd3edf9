import OrderedJSON
import Synchronization

/// Row groups of a shard that are read on their own, so that several threads share a large file.
///
/// All pieces of a shard together have each of its row groups once, and one more piece has the digest of the file.
struct ShardPiece: Sendable, Hashable {
    /// The first row group, from 0.
    var first = 0
    /// The row group after the last.
    var end = 0
    /// The row groups of the shard.
    var total = 0

    /// Whether the piece is the digest of the file, without rows.
    var isDigest: Bool { first == end }

    /// The piece with the digest of a shard.
    static func digest(of total: Int) -> ShardPiece { ShardPiece(first: total, end: total, total: total) }

    /// Whether pieces of one shard contradict each other: two have the same row group, or they count its groups
    /// differently.
    static func contradict(_ pieces: [ShardPiece]) -> Bool {
        let sorted = pieces.sorted { $0.first < $1.first }
        return zip(sorted, sorted.dropFirst()).contains {
            $0.total != $1.total || $0.end > $1.first || $0.isDigest && $1.isDigest
        }
    }

    /// Whether pieces are all of their shard.
    static func areWhole(_ pieces: [ShardPiece]) -> Bool {
        guard let total = pieces.first?.total, !contradict(pieces) else { return false }
        return pieces.contains(where: \.isDigest) && pieces.reduce(0) { $0 + $1.end - $1.first } == total
    }
}

extension ShardPiece: JSONRecord {
    static let blank = ShardPiece()
    static let fields: [JSONField<ShardPiece>] = [
        .init(
            "first_group", \.first, "The first row group, from 0; the number of all for the digest of the file.", .count
        ),
        .init("end_group", \.end, "The row group after the last.", .count),
        .init("groups", \.total, "The row groups of the file.", .count),
    ]

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard first <= end, end <= total, first < end || first == total else {
            throw place.failure("is no part of \(total) row groups")
        }
    }
}

/// The division of a shard among threads: its pieces, and the state that is read once for all of them.
final class ShardDivision: Sendable {
    /// The pieces that are to be read.
    let pieces: [ShardPiece]
    /// The file as it was when its row groups were looked up.
    let identity: FileIdentity
    /// The state of the file that the format's reader needs.
    let prepared: any Sendable
    private let left: Mutex<Int>

    init(_ pieces: [ShardPiece], identity: FileIdentity, prepared: any Sendable) {
        self.pieces = pieces
        self.identity = identity
        self.prepared = prepared
        left = Mutex(pieces.count)
    }

    /// Notes that a piece was read; returns whether it was the last.
    func finishPiece() -> Bool {
        left.withLock { left in
            left -= 1
            return left == 0
        }
    }

    /// The pieces of row groups that were not read before: as few as have `bytes` each, with at least one group.
    ///
    /// - Parameters:
    ///   - sizes: The bytes of each row group.
    ///   - known: The pieces that were read before.
    ///   - bytes: The bytes of a piece.
    /// - Returns: The pieces, the one with the digest first.
    static func pieces(of sizes: [Int], after known: [ShardPiece], bytes: Int) -> [ShardPiece] {
        let total = sizes.count
        let digest = ShardPiece.digest(of: total)
        var pieces = known.contains(digest) ? [] : [digest]
        var next = 0
        var gaps: [Range<Int>] = []
        for piece in known.sorted(by: { $0.first < $1.first }) {
            if piece.first > next { gaps.append(next..<piece.first) }
            next = max(next, piece.end)
        }
        if next < total { gaps.append(next..<total) }
        for gap in gaps {
            var first = gap.lowerBound
            var gathered = 0
            for group in gap {
                gathered += sizes[group]
                guard gathered >= bytes || group + 1 == gap.upperBound else { continue }
                pieces.append(ShardPiece(first: first, end: group + 1, total: total))
                (first, gathered) = (group + 1, 0)
            }
        }
        return pieces
    }
}

extension ShardReport {
    /// The report of a shard from those of its pieces; `nil` if some are missing.
    ///
    /// A file that changed while its pieces were read counts as not read.
    static func joined(_ pieces: [ShardReport]) -> ShardReport? {
        guard ShardPiece.areWhole(pieces.compactMap(\.piece)) else { return nil }
        let pieces = pieces.sorted { ($0.piece?.first ?? 0) < ($1.piece?.first ?? 0) }
        guard var whole = pieces.last else { return nil }
        whole.piece = nil
        whole.shares = []
        whole.problems = ProblemLog()
        whole.replacedSequences = 0
        var places: [ByteName: Int] = [:]
        for piece in pieces {
            for share in piece.shares {
                if let place = places[share.source] {
                    whole.shares[place].documents += share.documents
                    whole.shares[place].emptyUnits += share.emptyUnits
                } else {
                    places[share.source] = whole.shares.count
                    whole.shares.append(share)
                }
            }
            whole.problems.append(piece.problems)
            whole.replacedSequences += piece.replacedSequences
            whole.layout = whole.layout ?? piece.layout
            whole.wasRead = whole.wasRead && piece.wasRead
        }
        if pieces.contains(where: { !$0.identity.hasSameContent(as: whole.identity) }), whole.wasRead {
            whole.problems.add(
                Problem(
                    shard: whole.shard.path, record: nil, byteOffset: nil, kind: .changedInput,
                    message: "the file changed while it was read"))
            whole.wasRead = false
        }
        return whole
    }

    /// The reports of shards with all pieces read, and the pieces of the others by shard.
    static func joinedShards(_ pieces: [ShardReport]) -> (whole: [ShardReport], others: [ByteName: [ShardReport]]) {
        var others = Dictionary(grouping: pieces) { ByteName($0.shard.path) }
        var whole: [ShardReport] = []
        for (name, pieces) in others.sorted(by: { $0.key < $1.key }) {
            guard let report = joined(pieces), report.wasRead else { continue }
            whole.append(report)
            others[name] = nil
        }
        return (whole, others)
    }
}

extension [RunCommit] {
    /// The reports of all shards whose end the commits hold, in one report or in all pieces.
    var wholeReports: [ShardReport] { flatMap(\.reports) + ShardReport.joinedShards(flatMap(\.pieces)).whole }
}

/// A pass of the search for near copies that processes can share, each over some partitions.
///
/// Passes run one after the other: a pass needs all partitions of the one before it.
public enum NearPass: String, CaseIterable, Sendable {
    /// Pairs the texts of each bucket.
    case pairs
    /// Counts the bands that each pair shares.
    case counts
    /// Decides which texts are near copies; one process does so for all partitions.
    case copies

    /// What is known of the tokens' owners in the clusters of some partitions, which a reduction writes.
    static let owners = "owners"

    /// The pass whose outputs this one reads; `nil` for the first, which reads what scans wrote.
    var before: NearPass? {
        switch self {
        case .pairs: nil
        case .counts: .pairs
        case .copies: .counts
        }
    }
}

/// What a process has done of a pass.
public struct NearPassReport: Sendable, Equatable {
    /// The pass.
    public let pass: NearPass
    /// Its partitions.
    public let partitions: PartitionRange
    /// Entries that its output holds: pairs, counted pairs, or marks of texts.
    public let entries: Int
    /// Bytes of the output.
    public let bytes: Int
    /// Whether it was there before, so that nothing was left to do.
    public let wasDone: Bool
}

/// A pass of the search for near copies that processes can share, each over some partitions.
///
/// Passes run one after the other: a pass needs all partitions of the previous one.
public enum NearPass: String, CaseIterable, Sendable {
    /// Pairs the texts of each bucket.
    case pairs
    /// Counts the bands that each pair shares.
    case counts
    /// Decides which texts are near copies; one process does so for all partitions.
    case copies

    /// The name of files with the owners of tokens in the clusters of some partitions; a reduction writes them.
    static let owners = "owners"

    /// The pass whose outputs this one reads; `nil` for the first, which reads the files of scans.
    var before: NearPass? {
        switch self {
        case .pairs: nil
        case .counts: .pairs
        case .copies: .counts
        }
    }
}

/// A process's work on a pass.
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

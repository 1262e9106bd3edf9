/// How the files of a sample are compressed.
public enum SampleCompression: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none

    /// Zstd, in frames with checksums.
    case zstd

    /// The suffix of a compressed file's name.
    var suffix: String {
        switch self {
        case .none: ""
        case .zstd: ".zst"
        }
    }
}

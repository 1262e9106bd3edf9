/// The version that is in every file this library writes.
public enum DataWallVersion {
    /// The version, as in `CHANGELOG.md`.
    public static let current = "0.2.0"

    /// Whether this version is earlier than one that a file names; no version is earlier than an invalid one.
    static func isEarlier(than other: String) -> Bool {
        let parts = [current, other].map { $0.split(separator: ".").map { Int($0) ?? 0 } }
        return parts[0].lexicographicallyPrecedes(parts[1])
    }
}

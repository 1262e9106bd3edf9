/// The version that stands in every file this library writes.
public enum DataWallVersion {
    /// The version, as in `CHANGELOG.md`.
    public static let current = "0.1.0"
}

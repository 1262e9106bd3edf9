public import Foundation

/// The folders that tests read.
public enum PackageFolder {
    /// The package.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Published data that a developer keeps next to the package; tests that need them are skipped without them.
    public static let published = root.deletingLastPathComponent().appending(path: "shared/data")

    /// The folder of a test target.
    public static func tests(_ target: String) -> URL { root.appending(path: "Tests/\(target)") }

    /// A file in `Datasets`.
    public static func dataset(_ path: String) -> URL { root.appending(path: "Datasets/\(path)") }
}

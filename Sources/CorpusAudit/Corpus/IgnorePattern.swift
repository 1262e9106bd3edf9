/// A pattern for files that a user leaves out.
public struct IgnorePattern: Sendable {
    /// The pattern as it was written.
    let text: String
    private let pattern: PathPattern
    private let isForNames: Bool

    /// Reads a pattern; `nil` for an empty one.
    ///
    /// Without a slash it applies to the names of files and folders, else to whole paths, or to paths below the one
    /// that was named.
    ///
    /// - Parameter text: The pattern, such as `*.parquet`, `cache` or `logs/**`.
    public init?(_ text: String) {
        self.text = text
        pattern = PathPattern(text)
        isForNames = !text.dropLast(text.hasSuffix("/") ? 1 : 0).contains("/")
        guard !pattern.isEmpty else { return nil }
    }

    /// Whether the pattern is for a file or folder.
    ///
    /// - Parameters:
    ///   - path: Its path.
    ///   - root: The named path that it was found below.
    /// - Returns: Whether the name, the path or the path below the root matches.
    func matches(_ path: String, below root: String) -> Bool {
        if isForNames { return pattern.matches(path.split(separator: "/").last.map(String.init) ?? path) }
        if pattern.matches(path) { return true }
        return path.hasPrefix(root + "/") && pattern.matches(String(path.dropFirst(root.count + 1)))
    }
}

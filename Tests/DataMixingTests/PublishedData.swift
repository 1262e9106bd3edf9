import Foundation
import TestSupport
import Testing

/// Published tables that are next to the package where it is developed, and are no part of it.
enum PublishedData {
    /// The lines of a file, or `nil` where the data are absent.
    static func lines(_ path: String) -> [String]? {
        let file = PackageFolder.published.appending(path: "mixtures/" + path)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// The rows of a comma-separated file without quoted commas, by column name.
    static func rows(_ path: String) -> [[String: String]] {
        guard let lines = lines(path), let head = lines.first else { return [] }
        let names = head.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
        }
    }

    /// Whether a file is there; tests that need it are skipped, visibly, where it is not.
    static func exists(_ path: String) -> Bool { lines(path) != nil }
}

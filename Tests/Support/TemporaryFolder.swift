import Foundation
import Synchronization

/// A folder of files for one test, removed with it; one that a static property of a suite holds is removed at the end of
/// the process.
public final class TemporaryFolder: Sendable {
    /// The path of the folder.
    public let path = NSTemporaryDirectory() + "datawall-\(UUID().uuidString)"

    private static let existing: Mutex<Set<String>> = {
        atexit {
            for path in TemporaryFolder.existing.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
        }
        return Mutex([])
    }()

    /// Creates a folder with files: the text of each by its name, which may lead into folders.
    public init(_ files: KeyValuePairs<String, String> = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        _ = Self.existing.withLock { $0.insert(path) }
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        _ = Self.existing.withLock { $0.remove(path) }
    }

    /// Writes a file, with the folders that lead to it.
    ///
    /// - Returns: The path of the file.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    /// Writes a text file, with the folders that lead to it.
    ///
    /// - Returns: The path of the file.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// The text of a file.
    public func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}

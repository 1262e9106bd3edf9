public import Foundation

/// A file that holds what something looked like when a person last read it.
///
/// After a wanted change, write the files again with `DATAWALL_RECORD=1` and read each.
public struct GoldenFile {
    /// Whether the files are written again.
    public static let isRecording = ProcessInfo.processInfo.environment["DATAWALL_RECORD"] != nil

    /// Where it is.
    public let url: URL

    /// Names a golden file of a test target.
    ///
    /// - Parameters:
    ///   - name: Its path in the folder of golden files.
    ///   - folder: That folder, from the package's `Tests`.
    public init(_ name: String, in folder: String) {
        url = PackageFolder.tests(folder).appending(path: name)
    }

    /// Whether the file holds these bytes, after it was written again where that is asked for.
    public func holds(_ bytes: [UInt8]) throws -> Bool {
        if Self.isRecording {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
        return try Array(Data(contentsOf: url)) == bytes
    }

    /// Whether the file holds this text, after it was written again where that is asked for.
    public func holds(_ text: String) throws -> Bool { try holds(Array(text.utf8)) }
}

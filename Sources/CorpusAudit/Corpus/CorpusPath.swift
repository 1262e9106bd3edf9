import Foundation

/// Paths as the audit lists them, and the sources that they name.
enum CorpusPath {
    /// The path without repeated or trailing slashes and without `./`.
    static func normalized(_ path: String) -> String {
        var components = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
        if components.isEmpty, !path.hasPrefix("/") { components = ["."] }
        return (path.hasPrefix("/") ? "/" : "") + components.joined(separator: "/")
    }

    /// The path of a name in a folder.
    static func join(_ folder: String, _ name: String) -> String {
        if folder == "." { return name }
        return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The folder that a normalized path is in.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The name of a folder, whatever its normalized path is.
    static func name(of folder: String) -> String {
        let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
        let last = slash.map { String(folder[folder.index(after: $0)...]) } ?? folder
        guard last.isEmpty || last == "." || last == ".." else { return last }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        return name.isEmpty ? "/" : name
    }

    /// The name of the first folder below a root on the way to a file; the root's own for a file in it.
    static func source(of file: String, below root: String) -> String {
        source(below: parent(of: file), root: root) ?? name(of: root)
    }

    /// The value of the deepest folder `key=value` on the way to a file, as in tables of Hive and Spark; `nil` if no
    /// folder has that key.
    ///
    /// Bytes of the value may be written as `%` and two hexadecimal digits.
    static func partition(_ key: FieldPath, of file: String) -> String? {
        guard key.keys.count == 1 else { return nil }
        let prefix = key.keys[0] + "="
        let folders = file.split(separator: "/").dropLast()
        guard let folder = folders.last(where: { $0.hasPrefix(prefix) }) else { return nil }
        let value = folder.dropFirst(prefix.count)
        return value.isEmpty ? nil : value.removingPercentEncoding ?? String(value)
    }

    /// The name of the first folder below a root on the way to a folder; `nil` for the root itself.
    static func source(below folder: String, root: String) -> String? {
        guard folder != root else { return nil }
        let prefix = root == "." || root == "/" ? "" : root + "/"
        guard folder.hasPrefix(prefix) else { return nil }
        return folder.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
    }
}

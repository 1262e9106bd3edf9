import Foundation

/// Finds shards under paths, directories and patterns.
enum ShardFinder {
    /// What a path turned out to be.
    enum Finding {
        /// Shards, sorted by path.
        case shards([String])
        /// Nothing usable, and why.
        case nothing(ProblemKind, String)
    }

    /// Looks a path, directory or pattern up.
    static func find(_ path: String, _ format: FormatSelection = FormatSelection()) -> Finding {
        if path == "-" { return .shards([path]) }
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            guard isDirectory.boolValue else { return .shards([normalized(path)]) }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                return .nothing(.unreadableInput, "the directory cannot be read")
            }
            let shards = walk(normalized(path), names, taking: format)
            return shards.isEmpty
                ? .nothing(.noShards, "no shard lies in this directory; shards end in \(format.namesInWords)")
                : .shards(sorted(shards))
        }
        guard PathPattern.isPattern(path) else { return .nothing(.missingInput, "there is no such file or directory") }
        let pattern = PathPattern(path)
        let isAbsolute = path.hasPrefix("/")
        let prefix = (isAbsolute ? "/" : "") + pattern.fixedPrefix
        let root = prefix.isEmpty ? "." : prefix
        let files = (try? FileManager.default.contentsOfDirectory(atPath: root)).map { names in
            walk(root == "." ? "" : root, names, taking: nil)
        }
        let matched = (files ?? []).filter { pattern.matches($0) }
        // An index is read with its shard, not as one.
        let bins = Set(matched.filter { $0.hasSuffix(".bin") }.map { FormatSelection.index(of: $0) })
        let matching = matched.filter { !bins.contains($0) }
        return matching.isEmpty ? .nothing(.noShards, "the pattern matches no file") : .shards(sorted(matching))
    }

    /// The path without repeated or trailing slashes and without `./`.
    static func normalized(_ path: String) -> String {
        var components = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
        if components.isEmpty, !path.hasPrefix("/") { components = ["."] }
        return (path.hasPrefix("/") ? "/" : "") + components.joined(separator: "/")
    }

    /// The name of the folder a shard lies in.
    static func parentFolder(of path: String) -> String {
        if Shard.isUnnamedStream(path) { return "stdin" }
        let absolute = URL(fileURLWithPath: path).standardizedFileURL
        let name = absolute.deletingLastPathComponent().lastPathComponent
        return name.isEmpty ? "/" : name
    }

    /// The shards below a folder: those that a selection takes, or all files.
    private static func walk(_ folder: String, _ names: [String], taking format: FormatSelection?) -> [String] {
        var found: [String] = []
        for name in names where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : folder == "." ? name : "\(folder == "/" ? "" : folder)/\(name)"
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { continue }
            if isDirectory.boolValue {
                found += walk(path, (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [], taking: format)
            } else if format?.takes(path) ?? true {
                found.append(path)
            }
        }
        return found
    }

    private static func sorted(_ paths: [String]) -> [String] {
        paths.sorted { ByteName($0) < ByteName($1) }
    }
}

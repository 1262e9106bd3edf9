/// The files and folders that a pattern matches.
struct PatternMatches {
    /// The paths, sorted; none is inside a folder that matches itself.
    private(set) var paths: [String] = []
    /// The folder that the search starts from: the part of the pattern that is there as it is written.
    private(set) var root: String
    /// Folders that the search could not enter.
    private(set) var unreadable: [(path: String, reason: String)] = []

    private struct Step: Hashable {
        var folder: FileNumber
        var component: Int
    }

    /// Searches.
    ///
    /// A component that names an existing file or folder as it is written is no pattern there. Hidden names are matched
    /// by components that start with a dot.
    init(_ pattern: String) {
        let components = pattern.split(separator: "/").filter { $0 != "." }.map(String.init)
        root = pattern.hasPrefix("/") ? "/" : "."
        var first = 0
        while first < components.count {
            let literal = [components[first], PathPattern.literal(components[first])].first { name in
                (try? FileStatus(path: CorpusPath.join(root, name))) != nil
            }
            guard let literal else { break }
            root = CorpusPath.join(root, literal)
            first += 1
        }
        var matched: Set<ByteName> = []
        var steps = [(folder: root, component: first)]
        // A file that is named with backslashes lies in the folder that the search starts from.
        if first == components.count, (try? FileStatus(path: root))?.kind == .file {
            root = CorpusPath.parent(of: root)
        }
        // Folders behind links are entered last, so that a file is listed under its real path.
        var linked: [(folder: String, component: Int)] = []
        var visited: Set<Step> = []
        while let (folder, index) = steps.popLast() ?? linked.popLast() {
            guard index < components.count else {
                matched.insert(ByteName(folder))
                continue
            }
            let component = components[index]
            let crossesFolders = component == "**"
            if crossesFolders {
                // A link may lead back to a folder above: each is entered once.
                guard let status = try? FileStatus(path: folder),
                    visited.insert(Step(folder: status.number, component: index)).inserted
                else { continue }
                steps.append((folder, index + 1))
                if index == components.count - 1 { continue }
            }
            let name = PathPattern(component)
            for entry in entries(of: folder) {
                guard let text = entry.name, entry.bytes.first != UInt8(ascii: ".") || component.hasPrefix("."),
                    crossesFolders || name.matches(text)
                else { continue }
                let path = CorpusPath.join(folder, text)
                let isLast = index == components.count - 1
                if !isLast, !Self.isFolder(entry, path) { continue }
                let step = (path, crossesFolders ? index : index + 1)
                if entry.status.kind == .link { linked.append(step) } else { steps.append(step) }
            }
        }
        paths = matched.filter { !Self.hasAncestor($0.text, in: matched) }.sorted().map(\.text)
    }

    private mutating func entries(of folder: String) -> [FolderEntry] {
        do throws(SystemFailure) {
            return try FolderEntry.entries(of: Array(folder.utf8))
        } catch {
            if !error.isMissing, !unreadable.contains(where: { $0.path == folder }) {
                unreadable.append((folder, error.reason))
            }
            return []
        }
    }

    private static func isFolder(_ entry: FolderEntry, _ path: String) -> Bool {
        switch entry.status.kind {
        case .folder: true
        case .link: (try? FileStatus(path: path))?.kind == .folder
        case .file, .special: false
        }
    }

    private static func hasAncestor(_ path: String, in matched: Set<ByteName>) -> Bool {
        var folder = path
        while folder != ".", folder != "/" {
            folder = CorpusPath.parent(of: folder)
            if matched.contains(ByteName(folder)) { return true }
        }
        return false
    }
}

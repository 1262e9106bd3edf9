/// Walks folders.
extension CorpusListing {
    private struct Folder {
        let path: String
        let status: FileStatus
        /// The source of the files in it; `nil` for the named folder itself, and for folders that are passed through.
        let source: String?
    }

    private struct Link {
        let path: String
        /// The status of the link itself, not of its target.
        let status: FileStatus
        let source: String?
    }

    /// The folder to walk, and its entries that were not visited yet.
    private struct Walk {
        let root: String
        let base: String
        /// The source of files that are directly in the folder.
        let ownName: String
        let request: Request
        var folders: [Folder]
        var files: [Candidate] = []
        var links: [Link] = []
    }

    /// Walks a folder without recursion, since a deep tree would need too much stack, and adds its files in the order
    /// of their paths.
    ///
    /// `base` is the folder below which sources are named, and `source` is the one that the folder belongs to, if it is
    /// below that.
    mutating func walk(_ root: String, base: String, source: String?, _ request: Request) throws(CorpusError) {
        guard let status = try? FileStatus(path: root) else {
            return report(.missingInput, root, "there is no such file or directory", request)
        }
        if let table = FolderLayout.table(around: root) {
            return passOver(table, root, Array(root.utf8), status.number, request)
        }
        var walk = Walk(
            root: root, base: base, ownName: request.source ?? source ?? CorpusPath.name(of: root), request: request,
            folders: [Folder(path: root, status: status, source: source)])
        var visited: Set<FileNumber> = []
        while true {
            while let folder = walk.folders.popLast() {
                if visited.insert(folder.status.number).inserted {
                    list(folder, &walk)
                } else {
                    miss(.duplicate, folder.path + "/", nil, nil, request)
                }
            }
            try settle(walk.files, request)
            walk.files = []
            guard !walk.links.isEmpty else { break }
            // Links last, so that a file is known by the path it is at.
            let links = walk.links.sorted { ByteName($0.path) < ByteName($1.path) }
            walk.links = []
            for link in links { follow(link, &walk) }
            walk.folders.reverse()
        }
    }

    private mutating func list(_ folder: Folder, _ walk: inout Walk) {
        let request = walk.request
        let entries: [FolderEntry]
        do throws(SystemFailure) {
            entries = try FolderEntry.entries(of: Array(folder.path.utf8))
        } catch {
            guard folder.path != walk.root else {
                return report(.unreadableInput, walk.root, "the directory cannot be read: \(error.reason)", request)
            }
            return miss(.unreadableFolder, folder.path, folder.status, error.reason, request)
        }
        let layout = FolderLayout(entries, at: folder.path)
        if let table = layout.table {
            return passOver(table, folder.path, Array(folder.path.utf8), folder.status.number, request)
        }
        // Folders are taken from the end of their list.
        for entry in entries.reversed() {
            let path = CorpusPath.join(folder.path, entry.shownName)
            if let kind = kind(ofName: entry, path, layout, walk) {
                if kind == .unusableName {
                    miss(kind, path, entry.status, nil, request)
                } else if entry.status.kind == .folder {
                    passOver(
                        kind, path, Array((folder.path + "/").utf8) + entry.bytes, entry.status.number, request)
                } else {
                    skip(kind, path, entry.status, request)
                }
                continue
            }
            switch entry.status.kind {
            case .folder:
                let isPassed = folder.source == nil && layout.passesThrough(entry)
                let source = isPassed ? nil : folder.source ?? entry.name
                walk.folders.append(Folder(path: path, status: entry.status, source: source))
            case .link: walk.links.append(Link(path: path, status: entry.status, source: folder.source))
            case .special: miss(.specialFile, path, entry.status, nil, request)
            case .file: walk.files.append(candidate(path, entry.status, source: folder.source, walk))
            }
        }
    }

    /// The reason why an entry is skipped because of its name.
    private func kind(ofName entry: FolderEntry, _ path: String, _ layout: FolderLayout, _ walk: Walk) -> SkipKind? {
        if isIgnored(path, below: walk.root, walk.request) { return .ignored }
        if entry.bytes.first == UInt8(ascii: ".") { return .hidden }
        guard let name = entry.name else { return .unusableName }
        if entry.status.kind != .file { return layout.isAttributes(name) ? .attributes : nil }
        if layout.isMDS, name == "index.json" { return .mds }
        return ShardName(name).isNoData ? .document : nil
    }

    private mutating func follow(_ link: Link, _ walk: inout Walk) {
        let status: FileStatus
        do throws(SystemFailure) {
            status = try FileStatus(path: link.path)
        } catch {
            return miss(.brokenLink, link.path, link.status, error.isMissing ? nil : error.reason, walk.request)
        }
        switch status.kind {
        case .folder:
            let source = link.source ?? CorpusPath.name(of: link.path)
            walk.folders.append(Folder(path: link.path, status: status, source: source))
        case .file: walk.files.append(candidate(link.path, status, source: link.source, walk))
        case .special, .link: miss(.specialFile, link.path, link.status, nil, walk.request)
        }
    }

    private func candidate(_ path: String, _ status: FileStatus, source: String?, _ walk: Walk) -> Candidate {
        Candidate(
            path: path, status: status, source: walk.request.source ?? source ?? walk.ownName, base: walk.base)
    }
}

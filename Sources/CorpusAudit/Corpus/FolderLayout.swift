#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The layout of a folder, by the names in it, which decides how it is read.
struct FolderLayout {
    /// The kind of table that the folder is, whose files are only in part current.
    let table: SkipKind?
    /// Whether the folder holds Mosaic's MDS shards.
    let isMDS: Bool
    private let hasAttributes: Bool
    private let hasDocuments: Bool
    private let folderCount: Int

    init(_ entries: [FolderEntry], at path: String) {
        var folders: Set<String> = []
        var hasIndex = false
        var hasMDS = false
        for entry in entries {
            guard let name = entry.name, !name.hasPrefix(".") else { continue }
            switch entry.status.kind {
            case .folder, .link: folders.insert(name)
            case .file where name == "index.json": hasIndex = true
            case .file where !hasMDS: hasMDS = ShardName(name).foreignKind == .mds
            default: break
            }
        }
        isMDS = hasIndex && hasMDS
        hasDocuments = folders.contains("documents")
        hasAttributes = folders.contains("attributes")
        folderCount = entries.count { $0.status.kind == .folder && $0.bytes.first != UInt8(ascii: ".") }
        table =
            if folders.contains("_delta_log") {
                .deltaTable
            } else if folders.contains("metadata"), Self.hasIcebergMetadata(path) {
                .icebergTable
            } else {
                nil
            }
    }

    /// The kind of table that a folder of data files belongs to: `data` of an Iceberg table, a partition of either;
    /// `nil` for any other folder.
    static func table(around path: String) -> SkipKind? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var folders = String(cString: resolved).split(separator: "/")
        // A folder of data is below others of only the table.
        while let name = folders.popLast(), name == "data" || name.contains("=") {
            let parent = "/" + folders.joined(separator: "/")
            if name != "data", (try? FileStatus(path: parent + "/_delta_log"))?.kind == .folder { return .deltaTable }
            if name == "data", hasIcebergMetadata(parent) { return .icebergTable }
        }
        return nil
    }

    /// Whether the folders in a folder name sources, and not the folder itself: `documents` next to `attributes`, or as
    /// the only folder.
    func passesThrough(_ entry: FolderEntry) -> Bool {
        entry.name == "documents" && (hasAttributes || folderCount == 1)
    }

    /// Whether a folder holds attributes of the documents next to it (Dolma's layout).
    func isAttributes(_ name: String) -> Bool { name == "attributes" && hasDocuments }

    private static func hasIcebergMetadata(_ path: String) -> Bool {
        let names = try? FolderEntry.entries(of: Array((path + "/metadata").utf8))
        return names?.contains { $0.name?.hasSuffix(".metadata.json") == true } == true
    }
}

/// Counts files that are not read, by kind.
struct SkippedFiles {
    private var kinds: [SkipKind: (files: Int, bytes: Int, examples: [ByteName])] = [:]

    /// Adds a file, or a number of files below a path.
    mutating func add(_ kind: SkipKind, _ path: String, files: Int = 1, bytes: Int) {
        guard files > 0 else { return }
        var entry = kinds[kind] ?? (0, 0, [])
        entry.files += files
        entry.bytes += bytes
        let name = ByteName(path)
        if entry.examples.count < Audit.Skipped.listedExamples || entry.examples.last.map({ name < $0 }) == true {
            let place = entry.examples.firstIndex { name < $0 } ?? entry.examples.count
            entry.examples.insert(name, at: place)
            if entry.examples.count > Audit.Skipped.listedExamples { entry.examples.removeLast() }
        }
        kinds[kind] = entry
    }

    /// Adds all files below a folder, which are not looked at; links are not followed.
    ///
    /// - Parameters:
    ///   - kind: Why they are not looked at.
    ///   - name: The path that the audit lists.
    ///   - path: The folder's path in bytes, since it may not be UTF-8.
    mutating func add(_ kind: SkipKind, _ name: String, below path: [UInt8]) {
        var folders = [path]
        var (files, bytes) = (0, 0)
        while let folder = folders.popLast() {
            guard let entries = try? FolderEntry.entries(of: folder) else {
                files += 1
                continue
            }
            for entry in entries {
                if entry.status.kind == .folder {
                    folders.append(folder + [UInt8(ascii: "/")] + entry.bytes)
                } else {
                    files += 1
                    bytes += entry.status.kind == .file ? entry.status.bytes : 0
                }
            }
        }
        add(kind, name, files: files, bytes: bytes)
    }

    /// The counts as an audit lists them, sorted by kind.
    var list: [Audit.Skipped] {
        kinds.map { kind, entry in
            Audit.Skipped(
                kind: kind.name, reason: kind.reason, files: entry.files, bytes: entry.bytes,
                mayHoldData: kind.mayHoldData, examples: entry.examples.map(\.text))
        }.sorted { $0.kind < $1.kind }
    }
}

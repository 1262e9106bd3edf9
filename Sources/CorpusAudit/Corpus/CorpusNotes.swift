/// Remarks on how a corpus was understood, if there was more than one way.
struct CorpusNotes {
    private var nested: (count: Int, example: String, root: String)?
    private var sources: Set<ByteName> = []
    /// A folder of each source: the path that was named, or the first folder below it.
    private var folders: [ByteName: String] = [:]
    /// Sources that folders of several places share, with two of them.
    private var joined: [ByteName: (first: String, second: String)] = [:]

    /// Takes up a shard whose folders name its source.
    mutating func add(_ path: String, source: String, below root: String) {
        let folder = CorpusPath.parent(of: path)
        let top = CorpusPath.source(below: folder, root: root).map { CorpusPath.join(root, $0) } ?? root
        let first = folders[ByteName(source), default: top]
        folders[ByteName(source)] = first
        if first != top, joined[ByteName(source)] == nil { joined[ByteName(source)] = (first, top) }
        guard folder != root else { return }
        sources.insert(ByteName(source))
        // The folder of its source is the first one below the root, or is in a `documents` there.
        guard CorpusPath.name(of: folder) != source, CorpusPath.name(of: folder) != "documents" else { return }
        nested = nested.map { ($0.count + 1, $0.example, $0.root) } ?? (1, folder, root)
    }

    /// The notes in sentences.
    func sentences(for shards: [Shard], namesSources: Bool, _ format: FormatSelection) -> [String] {
        var sentences: [String] = []
        if let nested, namesSources {
            let names = sources.sorted().prefix(3).map(\.text).joined(separator: ", ")
            sentences.append(
                "a source is a folder directly below \(nested.root) (\(sources.count): "
                    + "\(names)\(sources.count > 3 ? ", …" : "")); deeper folders such as \(nested.example) do not split it "
                    + "(--source-key or a manifest does)")
        }
        if namesSources, let name = joined.keys.min(), let folders = joined[name] {
            sentences.append(
                "the source \(name.text)\(joined.count > 1 ? " (and \(joined.count - 1) more)" : "") joins several folders, "
                    + "such as \(folders.first) and \(folders.second); name the folder above them, or use a manifest, "
                    + "to keep them apart")
        }
        let recordSources = Set(shards.filter { $0.format.hasFields }.map { ByteName($0.source) })
        let texts = shards.filter {
            $0.format.content == .text && recordSources.contains(ByteName($0.source))
        }
        if let first = texts.first, format.kind == .auto {
            let count = texts.count == 1 ? "1 text file counts" : "\(texts.count) text files count"
            sentences.append(
                "\(count) next to JSON lines, \(format.textDocument == .file ? "each as one document" : "line by line"): "
                    + "\(first.path) (--ignore '*\(Self.ending(of: first.path))' leaves files of that name out)")
        }
        return sentences
    }

    /// How the name of a text file ends, as it is written: `.txt.gz`.
    private static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let plain = name.lowercased()
        guard let suffix = plain.ranges(of: TextEntry.suffixes[0]).last else { return String(name) }
        return String(name.suffix(plain.distance(from: suffix.lowerBound, to: plain.endIndex)))
    }
}

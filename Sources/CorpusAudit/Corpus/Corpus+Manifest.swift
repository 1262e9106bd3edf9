import Foundation
import TokenCounting
import Yams

extension Corpus {
    /// Reads a manifest: sources with their paths, weights and caps.
    ///
    /// ```yaml
    /// sources:
    ///   - {name: wiki, paths: ["wiki/*.jsonl.zst"], quality: 1.5, max_epochs: 6, floor: 0.02}
    ///   - {name: web, paths: ["cc/**/*.jsonl.zst"], quality_key: metadata.score, quality_map: {0: 0.2, 3: 1, 5: 2}}
    /// ```
    ///
    /// Paths are relative to the manifest's folder, also in the audit. The order of sources decides ties of ownership.
    ///
    /// - Parameters:
    ///   - path: The manifest's file.
    ///   - fields: The fields to read for sources that do not name their own.
    ///   - format: The format of shards for sources that do not name one.
    ///   - ignored: Files and folders to leave out; the audit lists them as ignored.
    /// - Throws: ``CorpusError/unusableManifest(path:line:reason:)`` with the line, ``CorpusError/noInput(_:)``,
    ///   ``CorpusError/contestedShard(path:sources:)``, ``CorpusError/tooManySources(limit:)``.
    /// - Complexity: O(*n* log *n*) in sources and files.
    public init(
        manifest path: String, fields: FieldSelection = FieldSelection(), format: FormatSelection = FormatSelection(),
        ignoring ignored: [IgnorePattern] = []
    ) throws(CorpusError) {
        let manifest = try Manifest(path, fields, format)
        let sources = try manifest.read()
        var listing = CorpusListing(ignoring: ignored)
        var shards: [Shard] = []
        for source in sources {
            for path in source.paths {
                let request = CorpusListing.Request(
                    format: source.format, source: source.declaration.name, shown: manifest.shown(below: path))
                try listing.add(manifest.location(of: path), request)
            }
            shards += listing.shards[shards.count...].map { found in
                Shard(
                    path: found.path, location: found.location, source: found.source, fields: source.fields,
                    format: found.format)
            }
        }
        try self.init(declarations: sources.map(\.declaration), shards: shards, listing: listing)
        notes = listing.notes.sentences(for: self.shards, namesSources: false, format)
        request = CorpusRequest(paths: [], fields: fields, format: format, ignored: ignored, skipped: skipped)
            .with(manifest: path, sha256: manifest.sha256)
        request?.manifestInputs = try Self.digests(ofManifest: path).inputs
    }

    /// Reads only a manifest's declarations of sources: order, weights, caps, quality maps.
    ///
    /// - Parameter path: The manifest's file.
    /// - Returns: The sources in order.
    /// - Throws: ``CorpusError/unusableManifest(path:line:reason:)`` with the line, ``CorpusError/noInput(_:)``.
    public static func declarations(manifest path: String) throws(CorpusError) -> [SourceDeclaration] {
        // The key that scores were read from may have been an option of the scan.
        try Manifest(path, needsKeys: false).read().map(\.declaration)
    }

    /// The SHA-256 of a manifest's file, and the digest of the inputs that it names, and of how to read them.
    ///
    /// Weights, caps, floors and quality maps are not part of the second digest.
    static func digests(ofManifest path: String) throws(CorpusError) -> (sha256: String, inputs: String) {
        let manifest = try Manifest(path, needsKeys: false)
        var text: [UInt8] = []
        for source in try manifest.read() {
            let format = source.format
            let words =
                [
                    source.declaration.name, source.fields.textKeys, source.fields.quality?.description ?? "",
                    source.fields.condition?.description ?? "",
                    format.kind.rawValue, format.textDocument.rawValue, format.endOfDocument.map { "\($0)" } ?? "",
                ] + source.paths.map(manifest.location(of:))
            for word in words { text += Array(word.utf8) + [0] }
            text.append(0)
        }
        return (manifest.sha256, text.withUnsafeBufferPointer { Fingerprint(of: $0).description })
    }
}

private struct Manifest {
    let path: String
    private let content: [UInt8]
    let fields: FieldSelection
    let format: FormatSelection
    /// Whether a quality map needs a key to read scores from.
    private let needsKeys: Bool

    var sha256: String { SHA256.hexDigest(of: content) }

    init(
        _ path: String, _ fields: FieldSelection = FieldSelection(), _ format: FormatSelection = FormatSelection(),
        needsKeys: Bool = true
    ) throws(CorpusError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw .noInput([
                Problem(
                    shard: path, record: nil, byteOffset: nil, kind: .missingInput,
                    message: isThere ? "it cannot be read as a manifest: name its file" : "there is no such manifest"
                )
            ])
        }
        (self.path, self.fields, self.format, self.needsKeys) = (path, fields, format, needsKeys)
        content = Array(data)
    }

    private static let keys = [
        "name", "paths", "quality", "max_epochs", "floor", "text_key", "source_key", "quality_key", "quality_map",
        "where",
        "format", "txt_document", "end_of_document",
    ]

    private var folder: String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    /// A source as the manifest states it.
    struct Source {
        var declaration: SourceDeclaration
        var fields: FieldSelection
        var format: FormatSelection
        /// Paths and patterns as they are written.
        var paths: [String]
    }

    /// Reads the sources in their order.
    func read() throws(CorpusError) -> [Source] {
        var sources: [Source] = []
        var names: Set<ByteName> = []
        for node in try nodes() {
            guard let mapping = node.mapping else { throw fault(node, "a source is a mapping with a name and paths") }
            for (key, _) in mapping where !Self.keys.contains(key.string ?? "") {
                throw fault(
                    key, "`\(key.string ?? "?")` is no key of a source; keys are \(Self.keys.joined(separator: ", "))")
            }
            let declaration = try declaration(node)
            guard names.insert(ByteName(declaration.name)).inserted else {
                throw fault(node, "the source `\(declaration.name)` occurs twice")
            }
            sources.append(
                Source(
                    declaration: declaration, fields: try selection(node), format: try formatSelection(node),
                    paths: try patterns(node)))
        }
        guard sources.count <= Corpus.maximumSources else { throw .tooManySources(limit: Corpus.maximumSources) }
        return sources
    }

    /// What the parser says, in one line and without the text that it shows: up to the first line that ends in a colon.
    private static func sentence(_ message: String) -> String {
        var lines: [Substring] = []
        for line in message.split(separator: "\n") where line != "Context:" {
            lines.append(line.hasSuffix(":") ? line.dropLast() : line)
            if line.hasSuffix(":") { break }
        }
        return lines.joined(separator: ", ")
    }

    private func nodes() throws(CorpusError) -> Node.Sequence {
        let root: Node?
        do {
            root = try Yams.compose(yaml: String(decoding: content, as: UTF8.self))
        } catch {
            throw .unusableManifest(path: path, line: nil, reason: "it is not YAML: \(Self.sentence("\(error)"))")
        }
        for (key, _) in root?.mapping ?? [:] where key.string != "sources" {
            let name = key.string ?? "?"
            throw fault(
                key,
                Self.keys.contains(name)
                    ? "`\(name)` is a key of a source: write it in each source that it is for"
                    : "`\(name)` is no key of a manifest, whose only key is `sources`")
        }
        guard let root, let sources = root["sources"]?.sequence, !sources.isEmpty else {
            throw fault(root, "a manifest has a list `sources`, each with a name and paths")
        }
        return sources
    }

    /// The location of a path, which is relative to the manifest's folder.
    func location(of path: String) -> String {
        path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)"
    }

    /// The path that the audit lists for a location: relative to the manifest unless the manifest says otherwise.
    func shown(below pattern: String) -> @Sendable (String) -> String {
        let folder = CorpusPath.normalized(folder)
        guard !pattern.hasPrefix("/"), folder != "." else { return { $0 } }
        return { $0.hasPrefix(folder + "/") ? String($0.dropFirst(folder.count + 1)) : $0 }
    }

    private func declaration(_ node: Node) throws(CorpusError) -> SourceDeclaration {
        guard let name = node["name"]?.string, !name.isEmpty else { throw fault(node, "a source has a name") }
        let quality = try number(node, "quality", from: 0, through: 1_000) ?? 1
        let cap = try number(node, "max_epochs", from: 0, through: 1e6)
        let floor = try number(node, "floor", from: 0, through: 1)
        return SourceDeclaration(
            name: name, quality: quality, maximumEpochs: cap, floor: floor, qualityMap: try qualityMap(node))
    }

    private func patterns(_ node: Node) throws(CorpusError) -> [String] {
        if let one = node["paths"]?.string { return [one] }
        guard let paths = node["paths"]?.sequence, !paths.isEmpty else {
            throw fault(node, "a source has a list `paths` of shards, directories or patterns")
        }
        var patterns: [String] = []
        for path in paths {
            guard let text = path.string, !text.isEmpty else { throw fault(path, "a path is a string") }
            patterns.append(text)
        }
        return patterns
    }

    private func selection(_ node: Node) throws(CorpusError) -> FieldSelection {
        var selection = fields
        if let key = node["text_key"]?.string {
            selection.text = try FieldPath(key)
            selection.furtherTexts = []
        } else if let keys = node["text_key"]?.sequence {
            let paths = keys.compactMap(\.string)
            guard let first = paths.first, paths.count == keys.count else {
                throw fault(node["text_key"], "`text_key` is the path of a field, or a list of them")
            }
            selection.text = try FieldPath(first)
            selection.furtherTexts = []
            for path in paths.dropFirst() { selection.furtherTexts.append(try FieldPath(path)) }
        }
        if let condition = node["where"] {
            guard let text = condition.string else { throw fault(condition, "`where` is a condition, as text") }
            do throws(CorpusError) {
                selection.condition = try RecordCondition(text)
            } catch { throw fault(condition, "\(error)") }
        }
        if let key = node["quality_key"]?.string { selection.quality = try FieldPath(key) }
        if node["source_key"] != nil {
            throw fault(node["source_key"], "a manifest names its sources itself: `source_key` has no place in it")
        }
        if let map = try qualityMap(node) { selection.qualityMap = map }
        guard selection.qualityMap == nil || selection.quality != nil || !needsKeys else {
            throw fault(node["quality_map"], "`quality_map` needs a `quality_key` to read the scores from")
        }
        return selection
    }

    private func qualityMap(_ node: Node) throws(CorpusError) -> QualityMap? {
        guard let map = node["quality_map"] else { return nil }
        guard let pairs = map.mapping else { throw fault(map, "`quality_map` is a mapping from scores to weights") }
        var steps: [QualityMap.Step] = []
        for (key, value) in pairs {
            guard let score = Self.number(key), let weight = Self.number(value) else {
                throw fault(key, "`quality_map` is a mapping from scores to weights")
            }
            steps.append(QualityMap.Step(score: score, weight: weight))
        }
        do throws(CorpusError) { return try QualityMap(steps: steps) } catch { throw fault(map, "\(error)") }
    }

    private func formatSelection(_ node: Node) throws(CorpusError) -> FormatSelection {
        var selection = format
        if let value = node["format"] {
            guard let kind = value.string.flatMap({ FormatSelection.Kind(rawValue: $0) }) else {
                let names = FormatSelection.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault(value, "`format` is one of \(names)")
            }
            selection.kind = kind
        }
        if let value = node["txt_document"] {
            guard let document = value.string.flatMap({ FormatSelection.TextDocument(rawValue: $0) }) else {
                throw fault(value, "`txt_document` is file or line")
            }
            selection.textDocument = document
        }
        if let value = node["end_of_document"] {
            guard let id = value.scalar.flatMap({ UInt32($0.string) }) else {
                throw fault(value, "`end_of_document` is the number of a token")
            }
            selection.endOfDocument = id
        }
        return selection
    }

    private func number(
        _ node: Node, _ key: String, from low: Double, through high: Double
    ) throws(CorpusError) -> Double? {
        guard let value = node[key] else { return nil }
        guard let number = Self.number(value), number >= low, number <= high else {
            throw fault(value, "`\(key)` is a number from \(Int(low)) to \(Int(high))")
        }
        return number
    }

    /// A finite number, written with or without a point.
    private static func number(_ node: Node) -> Double? {
        guard let text = node.scalar?.string, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private func fault(_ node: Node?, _ reason: String) -> CorpusError {
        .unusableManifest(path: path, line: node?.mark?.line, reason: reason)
    }
}

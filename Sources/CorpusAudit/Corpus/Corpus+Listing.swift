import Foundation
import OrderedJSON
import TokenCounting

extension Corpus {
    /// Takes the shards of a listing: a file of JSON lines, one for each object, or of one JSON array of them.
    ///
    /// ```json
    /// {"path": "s3://bucket/web/part-0001.jsonl.zst", "bytes": 36627868, "etag": "\"9b2cf535f27731c974343645a3985328\""}
    /// ```
    ///
    /// `path` and `bytes` are required. `etag` and `version` identify the version of an object: with one of them, a
    /// scan that resumes notices an object that was replaced by one of the same size. `source` names the source;
    /// without it, the source is the first folder below the longest folder that all paths share. Other keys are
    /// ignored.
    ///
    /// A command fetches the objects; without one, the paths are local files, which must have the sizes listed. Only
    /// the name decides the format of an object, since nothing reads it before the scan.
    ///
    /// - Parameters:
    ///   - path: The listing.
    ///   - command: The command that fetches an object.
    ///   - fields: The fields of a record to read.
    ///   - format: The format of shards.
    ///   - ignored: Objects to leave out; the audit lists them as ignored.
    /// - Throws: ``CorpusError/unusableListing(path:line:reason:)``, and ``CorpusError/noInput(_:)`` if nothing in it
    ///   can be read.
    /// - Complexity: O(*n* log *n*) in the objects; no object is opened. Of local files the system is asked for their identity.
    public init(
        listing path: String, open command: OpenCommand? = nil, fields: FieldSelection = FieldSelection(),
        format: FormatSelection = FormatSelection(), ignoring ignored: [IgnorePattern] = []
    ) throws(CorpusError) {
        let file = try ObjectListing(path)
        try file.check(for: command)
        let root = file.commonFolder
        var shards: [Shard] = []
        var skipped = SkippedFiles()
        for entry in file.entries {
            let name = ShardName(entry.shown)
            let decision =
                ignored.contains { $0.matches(entry.shown, below: root) }
                ? .skip(.ignored) : format.decision(forListed: name)
            switch decision {
            case .skip(let kind): skipped.add(kind, entry.shown, bytes: entry.object.bytes)
            case .shard(let format):
                if command?.usesFile != true, format == .parquet, command != nil {
                    throw file.failure(
                        entry,
                        "\(entry.shown) is a Parquet file, whose end is read first: let the --open command write {file}, as "
                            + "'aws s3 cp {path} {file}' does")
                }
                guard format.companion == nil else {
                    throw file.failure(
                        entry, "\(entry.shown) is a Megatron shard, which is read with its .idx: copy both here first")
                }
                shards.append(entry.shard(below: root, fields: fields, format: format, command: command))
            }
        }
        try self.init(declarations: [], shards: shards, problems: [], skipped: skipped.list)
        let unmarked = file.entries.count { $0.object.etag == nil && $0.object.version == nil }
        if unmarked > 0 {
            notes.append(
                "\(unmarked) of the \(file.entries.count) objects have neither etag nor version in \(path): a resumed scan "
                    + "identifies them by size only")
        }
        request = CorpusRequest(paths: [], fields: fields, format: format, ignored: ignored, skipped: self.skipped)
        request?.listing = path
        request?.listingSHA256 = file.sha256
    }
}

extension FormatSelection {
    /// The format of an object, decided by its name, since its bytes are not looked at before the scan.
    fileprivate func decision(forListed name: ShardName) -> Decision {
        if name.isHidden { return .skip(.hidden) }
        if kind == .auto {
            if name.isNoData { return .skip(.document) }
            if name.ends(in: ParquetEntry.suffixes) { return .shard(name.isCompressed ? .jsonLines : .parquet) }
            if name.isIndex || name.isTokens { return .skip(.tokenIDs) }
            if let foreign = name.foreignKind { return .skip(foreign) }
        }
        return .shard(format(ofStream: name.text))
    }
}

/// The objects of a listing.
private struct ObjectListing {
    struct Entry {
        /// The line of the file, from 1.
        var line: Int
        /// The path that is passed to the command.
        var location: String
        /// The path as audits list it, without a query that may be a signature.
        var shown: String
        var object: ListedObject
        var source: String?
    }

    let path: String
    let sha256: String
    private(set) var entries: [Entry] = []

    init(_ path: String) throws(CorpusError) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .noInput([
                Problem(
                    shard: path, record: nil, byteOffset: nil, kind: .missingInput,
                    message: "there is no such listing, or it cannot be read")
            ])
        }
        let bytes = Array(data)
        sha256 = SHA256.hexDigest(of: bytes)
        var lines: [ByteName: Int] = [:]
        for (line, value) in try values(bytes) {
            let entry = try entry(value, line)
            if let other = lines.updateValue(line, forKey: ByteName(entry.shown)) {
                let whose = entry.location == entry.shown ? "" : " (without what follows '?')"
                throw failure(line, "the path \(entry.shown)\(whose) is in line \(other), too; an object counts once")
            }
            entries.append(entry)
        }
        guard !entries.isEmpty else { throw failure(nil, "it lists no object") }
    }

    /// The JSON values with the lines they start in.
    private func values(_ bytes: [UInt8]) throws(CorpusError) -> [(line: Int, value: JSONValue)] {
        let first = bytes.first { $0 > 0x20 }
        if first == UInt8(ascii: "[") {
            do throws(JSONError) {
                guard case .array(let elements) = try JSONValue(parsing: bytes) else { return [] }
                return elements.enumerated().map { ($0 + 1, $1) }
            } catch { throw failure(nil, "it is no JSON: \(error)") }
        }
        var values: [(line: Int, value: JSONValue)] = []
        var number = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            do throws(JSONError) {
                values.append((number, try JSONValue(parsing: Array(line))))
            } catch {
                throw failure(number, "it is no JSON object (\(error.reason)); a line is {\"path\": …, \"bytes\": …}")
            }
        }
        return values
    }

    private func entry(_ value: JSONValue, _ line: Int) throws(CorpusError) -> Entry {
        guard case .object = value else { throw failure(line, "an object has a path and bytes: {\"path\": …}") }
        guard let location = try text(value, "path", line) else { throw failure(line, "the object has no path") }
        guard location.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw failure(line, "the path has a control character")
        }
        guard location != "-" else {
            throw failure(line, "the path '-' is standard input, which is no object: list a file of that name as ./-")
        }
        let bytes: Int
        switch value["bytes"] {
        case .integer(let number)? where (0...1 << 53).contains(number): bytes = number
        case nil, .null?:
            throw failure(
                line, "the object has no bytes: its size is what shows that it was read whole, so list it")
        default: throw failure(line, "bytes is no whole number from 0 to 2⁵³")
        }
        return Entry(
            line: line, location: location, shown: SecretMask.shownPath(location),
            object: ListedObject(
                bytes: bytes, etag: try text(value, "etag", line), version: try text(value, "version", line)),
            source: try text(value, "source", line))
    }

    private func text(_ value: JSONValue, _ key: String, _ line: Int) throws(CorpusError) -> String? {
        switch value[key] {
        case nil, .null?: return nil
        case .string(let text)? where !text.isEmpty: return text
        default: throw failure(line, "\(key) is no text, or an empty one")
        }
    }

    /// Throws if an object lacks a value that the command needs, or has a path that the command would read as an
    /// option.
    func check(for command: OpenCommand?) throws(CorpusError) {
        guard let command else { return try checkForLinks() }
        for entry in entries {
            for name in command.needed.sorted() where (name == "etag" ? entry.object.etag : entry.object.version) == nil
            {
                throw failure(entry, "the object has no \(name), which the --open command names as {\(name)}")
            }
            if command.takesPathFirst, entry.location.hasPrefix("-") {
                throw failure(
                    entry,
                    "the path begins with '-', and the --open command would take it for an option: list it as "
                        + "./\(entry.location)")
            }
        }
    }

    /// Throws if two paths lead to one file.
    private func checkForLinks() throws(CorpusError) {
        var lines: [FileNumber: Int] = [:]
        for entry in entries {
            guard let status = try? FileStatus(path: entry.location), status.kind == .file else { continue }
            if let other = lines.updateValue(entry.line, forKey: status.number) {
                throw failure(
                    entry, "\(entry.shown) is the file of line \(other) under another name; a file counts once")
            }
        }
    }

    /// The longest folder that all paths share.
    var commonFolder: String {
        var common: ArraySlice<Substring>?
        for entry in entries {
            let folders = entry.shown.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            guard let known = common else {
                common = folders
                continue
            }
            let length = zip(known, folders).prefix { $0 == $1 }.count
            common = known.prefix(length)
        }
        return (common ?? []).joined(separator: "/")
    }

    func failure(_ entry: Entry, _ reason: String) -> CorpusError { failure(entry.line, reason) }

    private func failure(_ line: Int?, _ reason: String) -> CorpusError {
        .unusableListing(path: path, line: line, reason: reason)
    }
}

extension ObjectListing.Entry {
    /// The shard, of the source that the entry or a folder names.
    fileprivate func shard(
        below root: String, fields: FieldSelection, format: ShardFormat, command: OpenCommand?
    ) -> Shard {
        var fields = fields
        let below = String(decoding: shown.utf8.dropFirst(root.isEmpty ? 0 : root.utf8.count + 1), as: UTF8.self)
        var folders = below.split(separator: "/").dropLast()
        if folders.first == "documents" { folders = folders.dropFirst() }
        var name = folders.first.map(String.init) ?? root.split(separator: "/").last.map(String.init) ?? "objects"
        if let source {
            name = source
            fields.source = nil
        } else if let partition = fields.source.flatMap({ CorpusPath.partition($0, of: shown) }) {
            name = partition
            fields.source = nil
        }
        var shard = Shard(path: shown, location: location, source: name, fields: fields, format: format)
        shard.object = object
        shard.command = command
        return shard
    }
}

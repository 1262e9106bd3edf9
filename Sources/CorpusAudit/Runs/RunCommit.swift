import OrderedJSON

/// What makes runs count: a small file, written last and renamed into place, that names them and the shards they hold.
struct RunCommit: Sendable {
    var settings: ScanSettings
    /// Names of run files in the folder `runs`, with their numbers of records.
    var runs: [(name: String, records: Int)]
    var reports: [ShardReport]
    /// What its runs hold of a shard whose end has not been read.
    var part: ShardPart?
    /// The digest the file is sealed with; empty for a commit that was not read.
    private(set) var seal = ""

    static let version = 1

    /// The text of the commit's file.
    var text: String {
        let members: KeyValuePairs<String, JSONValue?> = [
            "format": "datawall-commit",
            "version": .integer(Self.version),
            "datawall_version": .string(DataWallVersion.current),
            "settings": settings.json,
            "runs": .array(runs.map { .object(["file": .string($0.name), "records": .integer($0.records)]) }),
            "shards": .array(reports.map(\.json)),
            "part": part?.json,
        ]
        return SealedJSON.text(
            members.compactMap { member in member.value.map { JSONMember(key: member.key, value: $0) } })
    }

    /// Reads a commit; throws where it is of another version or cannot be read.
    init(reading path: String) throws(RunError) {
        let (json, seal) = try SealedJSON.readWithSeal(path, format: "datawall-commit")
        self.seal = seal
        guard let settings = ScanSettings(json["settings"]), case .array(let runs)? = json["runs"],
            case .array(let shards)? = json["shards"]
        else { throw .damaged(path: path, reason: "it is not a commit") }
        self.settings = settings
        self.runs = []
        for run in runs {
            guard case .string(let name)? = run["file"], case .integer(let records)? = run["records"],
                !name.contains("/")
            else { throw .damaged(path: path, reason: "it names its runs in no known way") }
            self.runs.append((name, records))
        }
        reports = []
        for shard in shards {
            guard let report = ShardReport(shard) else {
                throw .damaged(path: path, reason: "a shard of it cannot be read")
            }
            reports.append(report)
        }
        if let json = json["part"] {
            guard let part = ShardPart(json) else {
                throw .damaged(path: path, reason: "the part of a shard in it cannot be read")
            }
            self.part = part
        }
    }

    init(
        settings: ScanSettings, runs: [(name: String, records: Int)], reports: [ShardReport], part: ShardPart? = nil
    ) {
        self.settings = settings
        self.runs = runs
        self.reports = reports
        self.part = part
    }

    /// Of each shard of which its runs hold something, what they hold.
    var held: [ShardReport] { reports + (part.map { [$0.report] } ?? []) }
}

extension ShardPart {
    fileprivate var json: JSONValue {
        .object(["shard": report.json, "records": .integer(records), "offset": .integer(offset)])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let report = json["shard"].flatMap({ ShardReport($0) }), case .integer(let records)? = json["records"],
            case .integer(let offset)? = json["offset"], records >= 0, offset >= 0
        else { return nil }
        self.init(report: report, records: records, offset: offset)
    }
}

extension ShardReport {
    fileprivate var json: JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let members: KeyValuePairs<String, JSONValue> = [
            "shard": .string(shard.path),
            "location": .string(shard.location),
            "source": .string(shard.source),
            "format": .string(shard.format.description),
            "text_key": .string(shard.fields.text.description),
            "source_key": optional(shard.fields.source?.description),
            "quality_key": optional(shard.fields.quality?.description),
            "quality_map": optional(shard.fields.qualityMap?.description),
            "bytes": .integer(identity.bytes),
            "modified": .integer(identity.modified),
            "changed": identity.changed.map { .integer($0) } ?? .null,
            "inode": .integer(identity.inode),
            "xxh3_128": .string(digest.description),
            "index": index?.json ?? .null,
            "sources": .array(
                shares.map { share in
                    .object([
                        "source": .string(share.source.text), "documents": .integer(share.documents),
                        "empty_units": .integer(share.emptyUnits),
                    ])
                }),
            "replaced_sequences": .integer(replacedSequences),
            "problem_counts": .object(
                problems.counts.sorted { $0.key.rawValue < $1.key.rawValue }
                    .map { JSONMember(key: $0.key.rawValue, value: .integer($0.value)) }),
            "problems": .array(problems.listed.map(\.json)),
        ]
        var further = attempt.map { [JSONMember(key: "attempt", value: .integer($0))] } ?? []
        if parts > 0 { further.append(JSONMember(key: "parts", value: .integer(parts))) }
        return .object(members.map { JSONMember(key: $0.key, value: $0.value) } + further)
    }

    fileprivate init?(_ json: JSONValue) {
        func text(_ key: String) -> String? {
            guard case .string(let text)? = json[key] else { return nil }
            return text
        }
        func integer(_ key: String) -> Int? {
            guard case .integer(let number)? = json[key] else { return nil }
            return number
        }
        guard let path = text("shard"), let location = text("location"), let source = text("source"),
            let textKey = text("text_key").flatMap({ try? FieldPath($0) }), let bytes = integer("bytes"),
            let modified = integer("modified"), let inode = integer("inode"),
            let digest = text("xxh3_128").flatMap({ Fingerprint(hexadecimal: $0) }),
            let replaced = integer("replaced_sequences"), case .array(let sources)? = json["sources"],
            case .object(let counts)? = json["problem_counts"],
            case .array(let listed)? = json["problems"]
        else { return nil }
        // Commits that know no other format name none.
        guard let format = ShardFormat(name: text("format") ?? "jsonl") else { return nil }
        let fields = FieldSelection(
            text: textKey,
            source: text("source_key").flatMap { try? FieldPath($0) },
            quality: text("quality_key").flatMap { try? FieldPath($0) },
            qualityMap: text("quality_map").flatMap { try? QualityMap($0) })
        self.init(
            shard: Shard(path: path, location: location, source: source, fields: fields, format: format),
            identity: FileIdentity(bytes: bytes, modified: modified, changed: integer("changed"), inode: inode),
            digest: digest)
        replacedSequences = replaced
        if let companion = json["index"], companion != .null {
            guard let file = CompanionFile(companion) else { return nil }
            index = file
        }
        attempt = integer("attempt")
        parts = integer("parts") ?? 0
        for row in sources {
            guard case .string(let name)? = row["source"], case .integer(let documents)? = row["documents"],
                case .integer(let emptyUnits)? = row["empty_units"]
            else { return nil }
            shares.append(Share(source: ByteName(name), documents: documents, emptyUnits: emptyUnits))
        }
        var problemCounts: [ProblemKind: Int] = [:]
        for member in counts {
            guard case .integer(let count) = member.value else { return nil }
            problemCounts[ProblemKind(rawValue: member.key)] = count
        }
        var problemList: [Problem] = []
        for row in listed {
            guard let problem = Problem(json: row) else { return nil }
            problemList.append(problem)
        }
        problems = ProblemLog(counts: problemCounts, listed: problemList)
    }
}

extension CompanionFile {
    fileprivate var json: JSONValue {
        .object([
            "path": .string(path), "bytes": .integer(identity.bytes), "modified": .integer(identity.modified),
            "changed": identity.changed.map { .integer($0) } ?? .null, "inode": .integer(identity.inode),
            "xxh3_128": .string(digest.description),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard case .string(let path)? = json["path"], case .integer(let bytes)? = json["bytes"],
            case .integer(let modified)? = json["modified"], case .integer(let inode)? = json["inode"],
            case .string(let text)? = json["xxh3_128"], let digest = Fingerprint(hexadecimal: text)
        else { return nil }
        var changed: Int?
        if case .integer(let time)? = json["changed"] { changed = time }
        self.init(
            path: path, identity: FileIdentity(bytes: bytes, modified: modified, changed: changed, inode: inode),
            digest: digest)
    }
}

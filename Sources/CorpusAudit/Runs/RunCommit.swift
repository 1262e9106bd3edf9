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
            guard case .string(let name)? = run["file"], let records = run["records"]?.natural, Self.isRunName(name),
                !self.runs.contains(where: { ByteName($0.name) == ByteName(name) })
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
        if let reason = contradiction { throw .damaged(path: path, reason: reason) }
    }

    /// What in the commit cannot be true, whatever its runs hold.
    private var contradiction: String? {
        let names = held.map { ByteName($0.shard.path) }
        guard Set(names).count == names.count else { return "it names a shard twice" }
        guard settings.level == .document else { return nil }
        var documents = 0
        for share in held.flatMap(\.shares) {
            guard share.emptyUnits <= share.documents else {
                return "the source \(share.source.text) has fewer documents than empty ones"
            }
            documents = min(documents + share.documents - share.emptyUnits, 1 << 60)
        }
        // A record stands for one document or more.
        let records = runs.reduce(0) { min($0 + $1.records, 1 << 60) }
        return records > documents ? "its runs hold \(records) records, its shards only \(documents) documents" : nil
    }

    /// Whether a name is that of a file in the folder of runs, and of none elsewhere.
    private static func isRunName(_ name: String) -> Bool {
        name.hasSuffix(".run") && name.utf8.count > 4 && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
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
        guard let report = json["shard"].flatMap({ ShardReport($0) }), let records = json["records"]?.natural,
            let offset = json["offset"]?.natural
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
        if !wasRead { further.append(JSONMember(key: "was_read", value: false)) }
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
            let textKey = text("text_key").flatMap({ try? FieldPath($0) }), let bytes = json["bytes"]?.natural,
            let modified = integer("modified"), let inode = integer("inode"),
            let digest = text("xxh3_128").flatMap({ Fingerprint(hexadecimal: $0) }),
            let replaced = json["replaced_sequences"]?.natural, case .array(let sources)? = json["sources"],
            case .object(let counts)? = json["problem_counts"],
            case .array(let listed)? = json["problems"]
        else { return nil }
        // Commits that know no other format name none.
        guard let format = ShardFormat(name: text("format") ?? "jsonl") else { return nil }
        func optional<Value>(_ key: String, _ read: (String) throws -> Value) -> Value?? {
            if json[key] == .null { return .some(nil) }
            guard let value = text(key).flatMap({ try? read($0) }) else { return .none }
            return .some(value)
        }
        guard let sourceKey = optional("source_key", { try FieldPath($0) }),
            let qualityKey = optional("quality_key", { try FieldPath($0) }),
            let qualityMap = optional("quality_map", { try QualityMap($0) })
        else { return nil }
        let fields = FieldSelection(text: textKey, source: sourceKey, quality: qualityKey, qualityMap: qualityMap)
        self.init(
            shard: Shard(path: path, location: location, source: source, fields: fields, format: format),
            identity: FileIdentity(bytes: bytes, modified: modified, changed: integer("changed"), inode: inode),
            digest: digest)
        replacedSequences = replaced
        if let companion = json["index"], companion != .null {
            guard let file = CompanionFile(companion) else { return nil }
            index = file
        }
        if let number = json["attempt"] {
            guard let number = number.natural else { return nil }
            attempt = number
        }
        if let number = json["parts"] {
            guard let number = number.natural else { return nil }
            parts = number
        }
        if let read = json["was_read"] {
            guard read == .bool(false) else { return nil }
            wasRead = false
        }
        for row in sources {
            guard case .string(let name)? = row["source"], let documents = row["documents"]?.natural,
                let emptyUnits = row["empty_units"]?.natural, !shares.contains(where: { $0.source == ByteName(name) })
            else { return nil }
            shares.append(Share(source: ByteName(name), documents: documents, emptyUnits: emptyUnits))
        }
        var problemCounts: [ProblemKind: Int] = [:]
        for member in counts {
            guard let count = member.value.natural, count > 0, problemCounts[ProblemKind(rawValue: member.key)] == nil
            else { return nil }
            problemCounts[ProblemKind(rawValue: member.key)] = count
        }
        var problemList: [Problem] = []
        for row in listed {
            guard let problem = Problem(json: row), problem.record ?? 0 >= 0, problem.byteOffset ?? 0 >= 0 else {
                return nil
            }
            problemList.append(problem)
        }
        // Each listed problem is counted, and a shard lists a hundred at most.
        let listedCounts = Dictionary(grouping: problemList, by: \.kind).mapValues(\.count)
        guard problemList.count <= ProblemLog.listedPerShard,
            listedCounts.allSatisfy({ $0.value <= problemCounts[$0.key] ?? 0 })
        else { return nil }
        problems = ProblemLog(counts: problemCounts, listed: problemList)
        guard isSettled else { return nil }
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
        guard case .string(let path)? = json["path"], let bytes = json["bytes"]?.natural,
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

extension JSONValue {
    /// A count: an integer from 0 up that other programs read exactly, too, as a number of 53 bits.
    fileprivate var natural: Int? {
        guard case .integer(let number) = self, (0...1 << 53).contains(number) else { return nil }
        return number
    }
}

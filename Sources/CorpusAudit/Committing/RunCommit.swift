import OrderedJSON

/// The record that makes runs valid: a small file, written last and renamed into place, that names the runs and their
/// shards.
struct RunCommit: SealedRecord {
    /// A run file in the folder `runs`.
    struct RunName: JSONRecord, Hashable {
        var name = ""
        var records = 0

        static let blank = RunName()
        static let fields: [JSONField<RunName>] = [
            .init("file", \.name, "The file's name."),
            .init("records", \.records, "How many records it has.", .count),
        ]

        func check(at place: JSONPlace) throws(JSONPathError) {
            // The name must be that of a file in the folder of runs.
            guard name.hasSuffix(".run"), name.utf8.count > 4, !name.utf8.contains(where: { $0 == 0x2F || $0 == 0 })
            else { throw place.failure("must name a file in the folder of runs, not '\(name)'") }
        }
    }

    /// Run files of a kind of entries.
    struct KindRuns: JSONRecord, Hashable {
        var kind = ""
        var bytes = 1
        var runs: [RunName] = []

        static let blank = KindRuns()
        static let fields: [JSONField<KindRuns>] = [
            .init("kind", \.kind, "The kind of the entries."),
            .init("bytes", \.bytes, "How many bytes each has in a file.", .positive),
            .init("runs", \.runs, "The run files that count.", .notEmpty),
        ]

        /// The names of runs in files, by kind.
        static func named(_ runs: [EntryRun]) -> [KindRuns] {
            Dictionary(grouping: runs, by: \.kind).map { kind, runs in
                KindRuns(
                    kind: kind.name, bytes: kind.stride,
                    runs: runs.compactMap { run in run.fileName.map { RunName(name: $0, records: run.count) } })
            }.sorted { $0.kind < $1.kind }
        }
    }

    var settings: ScanSettings
    /// Run files of unit records.
    var runs: [RunName]
    /// The run files of further kinds of entries, sorted by the kind's name.
    var kinds: [KindRuns] = []
    var reports: [ShardReport]
    /// The reports of pieces of shards that threads share.
    var pieces: [ShardReport] = []
    /// The report of a shard whose end has not been read.
    var part: ShardPart?
    var seal = ""

    init(
        settings: ScanSettings, runs: [RunName], reports: [ShardReport], pieces: [ShardReport] = [],
        part: ShardPart? = nil
    ) {
        self.pieces = pieces
        self.settings = settings
        self.runs = runs
        self.reports = reports
        self.part = part
    }

    /// A commit of runs in files.
    init(
        settings: ScanSettings, runs: GatheredRuns, reports: [ShardReport], pieces: [ShardReport] = [],
        part: ShardPart? = nil
    ) {
        self.init(
            settings: settings,
            runs: runs.units.compactMap { run in
                guard case .file(let run) = run else { return nil }
                return RunName(name: run.file.name, records: run.recordCount)
            }, reports: reports, pieces: pieces, part: part)
        kinds = KindRuns.named(runs.entries)
    }

    /// The version of all files that a scan writes.
    static let version = 2
    static let format = "datawall-commit"
    static var blank: RunCommit { RunCommit(settings: .blank, runs: [], reports: []) }
    static let fields = sealed(
        [
            .init(written: "datawall_version", { _ in DataWallVersion.current }, "The version that wrote the file."),
            .init("settings", \.settings, "What must be the same for runs to make one audit."),
            .init("runs", \.runs, "The run files that count."),
            .init("kinds", \.kinds, "Runs of entries other than unit records, by kind.", presence: .writtenIfSet),
            .init("shards", \.reports, "The shards that were read to their end."),
            .init("pieces", \.pieces, "What was read of shards that threads share.", presence: .writtenIfSet),
            .init("part", \.part, "What was read of a shard that takes long.", presence: .writtenIfSet),
        ], seal: \.seal)

    static let schemaFile = schemaFile(
        of: "\(format)-\(version)", title: "a commit of a scan",
        summary: "Names the run files that count and the shards whose records they hold; datawall scan writes it.")

    /// The names of all run files that count.
    var runNames: [String] { (runs + kinds.flatMap(\.runs)).map(\.name) }

    /// Opens the run files in a scan's folder.
    ///
    /// - Throws: ``RunError`` if one is missing or damaged, or does not match this commit.
    func openRuns(in folder: String) throws(RunError) -> GatheredRuns {
        func check(_ run: RunName, holds count: Int) throws(RunError) {
            guard count != run.records else { return }
            throw .damaged(
                path: "\(folder)/runs/\(run.name)",
                reason: "it holds \(count) records, its commit names \(run.records)")
        }
        var opened = GatheredRuns()
        for run in runs {
            let file = try RunFile(opening: "\(folder)/runs/\(run.name)")
            try check(run, holds: file.recordCount)
            opened.units.append(.file(file))
        }
        for kind in kinds {
            for run in kind.runs {
                let entries = try EntryRun(
                    opening: "\(folder)/runs/\(run.name)", kind: EntryKind(name: kind.kind, stride: kind.bytes))
                try check(run, holds: entries.count)
                opened.entries.append(entries)
            }
        }
        return opened
    }

    /// The report of each shard with content in the runs.
    var held: [ShardReport] { reports + pieces + (part.map { [$0.report] } ?? []) }

    /// Those of shards that are read in order from their start.
    var inOrder: [ShardReport] { reports + (part.map { [$0.report] } ?? []) }

    /// Throws if values contradict each other, whatever the run files contain.
    func check(at place: JSONPlace) throws(JSONPathError) {
        func fail(_ path: String, _ reason: String) -> JSONPathError { JSONPathError(path: path, reason: reason) }
        let shards = inOrder.map { ByteName($0.shard.path) }
        guard Set(shards).count == shards.count else { throw fail("shards", "name a shard twice") }
        guard inOrder.allSatisfy({ $0.piece == nil }), pieces.allSatisfy({ $0.piece != nil }) else {
            throw fail("pieces", "are of other shards than say so")
        }
        let divided = Dictionary(grouping: pieces) { ByteName($0.shard.path) }
        guard divided.values.allSatisfy({ !ShardPiece.contradict($0.compactMap(\.piece)) }),
            Set(shards).isDisjoint(with: divided.keys)
        else { throw fail("pieces", "name a row group twice") }
        let names = runNames.map { ByteName($0) }
        guard Set(names).count == names.count else { throw fail("runs", "name a run twice") }
        guard Set(kinds.map(\.kind)).count == kinds.count else { throw fail("kinds", "name a kind twice") }
        if let other = kinds.first(where: { !settings.kinds.contains($0.kind) }) {
            throw fail("kinds", "name \(other.kind), which the settings do not")
        }
        guard settings.level == .document else { return }
        var documents = 0
        for share in held.flatMap(\.shares) {
            guard share.emptyUnits <= share.documents else {
                throw fail("shards", "have fewer documents of \(share.source.text) than empty ones")
            }
            documents = min(documents + share.documents - share.emptyUnits, 1 << 60)
        }
        // A record represents one document or more.
        let records = runs.reduce(0) { min($0 + $1.records, 1 << 60) }
        guard records <= documents else {
            throw fail("runs", "hold \(records) records, the shards only \(documents) documents")
        }
    }
}

extension ShardPart: JSONRecord {
    static var blank: ShardPart { ShardPart(report: .blank, records: 0, offset: 0) }
    static let fields: [JSONField<ShardPart>] = [
        .init("shard", \.report, "The problems since the start of the shard."),
        .init("records", \.records, "How many records were read.", .count),
        .init("offset", \.offset, "Where the next one starts, in decompressed bytes.", .count),
    ]
}

extension ShardReport: JSONRecord {
    static var blank: ShardReport {
        ShardReport(shard: Shard(path: "", location: "", source: "", fields: FieldSelection()))
    }
    static let fields: [JSONField<ShardReport>] = [
        .init("shard", \.shard.path, "The path that the audit lists."),
        .init(
            "location", \.writtenLocation,
            "The path that was opened; of an object, that of the listing without a query."),
        .init("source", \.shard.source, "The source of records that name none."),
        .init("format", \.shard.format, "How the shard holds its documents."),
        .init("text_key", \.shard.fields.text, "The field that holds the text."),
        .init(
            "further_text_keys", \.shard.fields.furtherTexts, "Fields whose texts are joined to it.",
            presence: .writtenIfSet),
        .init("where", \.shard.fields.condition, "The condition that records fulfil.", presence: .writtenIfSet),
        .init("source_key", \.shard.fields.source, "The field that names the source."),
        .init("quality_key", \.shard.fields.quality, "The field that holds the score."),
        .init(
            "quality_map", \.shard.fields.qualityMap, "How the scan would turn scores into weights; a merge decides."),
        .init("bytes", \.identity.bytes, "The file's size.", .count),
        .init("modified", \.identity.modified, "Its modification time in nanoseconds since 1970."),
        .init("changed", \.identity.changed, "Its change time in nanoseconds since 1970."),
        .init("inode", \.identity.inode, "Its inode."),
        .init("listed_bytes", \.listedBytes, "The size that the listing says.", .count, presence: .writtenIfSet),
        .init("etag", \.etag, "The store's tag of the object's content, by the listing.", presence: .writtenIfSet),
        .init("version", \.version, "The store's name of the object's version.", presence: .writtenIfSet),
        .init("xxh3_128", \.digest, "The digest of its bytes."),
        .init("index", \.index, "The index of a Megatron shard."),
        .init("row_groups", \.rowGroups, "The row groups of a Parquet file.", .count, presence: .writtenIfSet),
        .init("codecs", \.codecs, "How its texts are compressed.", presence: .writtenIfSet),
        .init("sources", \.shares, "Its documents by source."),
        .init("replaced_sequences", \.replacedSequences, "Sequences that were not UTF-8.", .count),
        .init("problem_counts", \.problemCounts, "Damage and notes by kind."),
        .init("problems", \.listedProblems, "The first of them in full."),
        .init(
            "attempt", \.attempt, "The attempt at a job whose documents came from memory.", .count,
            presence: .writtenIfSet),
        .init("piece", \.piece, "Which row groups of the shard this is about.", presence: .writtenIfSet),
        .init("parts", \.parts, "How many commits hold earlier parts.", .count, presence: .writtenIfSet),
        .init("was_read", \.wasRead, "Whether anything in the file can be read.", presence: .writtenIfSet),
    ]

    private var writtenLocation: String {
        get { shard.command == nil ? shard.location : shard.path }
        set { shard.location = newValue }
    }

    private var listedBytes: Int? {
        get { shard.object?.bytes }
        set { shard.object = newValue.map { ListedObject(bytes: $0) } }
    }

    private var etag: String? {
        get { shard.object?.etag }
        set { shard.object?.etag = newValue }
    }

    private var version: String? {
        get { shard.object?.version }
        set { shard.object?.version = newValue }
    }

    private var rowGroups: Int? {
        get { layout?.rowGroups }
        set { layout = newValue.map { ShardLayout(rowGroups: $0, codecs: layout?.codecs ?? []) } }
    }

    private var codecs: [String] {
        get { layout?.codecs ?? [] }
        set { layout?.codecs = newValue }
    }

    private var problemCounts: JSONDictionary<Int> {
        get {
            JSONDictionary(
                problems.counts.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 })
        }
        set {
            let counts = newValue.map { (ProblemKind(rawValue: $0.name), $0.value) }
            problems = ProblemLog(
                counts: Dictionary(counts, uniquingKeysWith: { $1 }), listed: problems.listed)
        }
    }

    private var listedProblems: [Problem] {
        get { problems.listed }
        set { problems = ProblemLog(counts: problems.counts, listed: newValue) }
    }

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard Set(shares.map(\.source)).count == shares.count else { throw place.failure("names a source twice") }
        guard problems.counts.allSatisfy({ (1...1 << 53).contains($0.value) }) else {
            throw place.failure("has a problem count that is not from 1 to 2⁵³")
        }
        // Each listed problem is counted, and a shard lists a hundred of a kind at most.
        let listed = Dictionary(grouping: problems.listed, by: \.kind).mapValues(\.count)
        guard listed.allSatisfy({ $0.value <= min(problems.counts[$0.key] ?? 0, ProblemLog.mostListed($0.key)) })
        else { throw place.failure("lists problems that it does not count") }
        guard isSettled else { throw place.failure("was not read, and says no reason that would hold again") }
    }
}

extension ShardReport.Share: JSONRecord {
    static var blank: ShardReport.Share { ShardReport.Share(source: ByteName("")) }
    static let fields: [JSONField<ShardReport.Share>] = [
        .init("source", \.source, "The source."),
        .init("documents", \.documents, "Records with a text.", .count),
        .init("empty_units", \.emptyUnits, "Units without a byte.", .count),
        .init("filtered", \.filtered, "Records that --where left out.", .count, presence: .writtenIfSet),
    ]
}

extension CompanionFile: JSONRecord {
    static var blank: CompanionFile { CompanionFile(path: "", identity: .nothing, digest: .zero) }
    static let fields: [JSONField<CompanionFile>] = [
        .init("path", \.path, "The path that the audit lists."),
        .init("bytes", \.identity.bytes, "The file's size.", .count),
        .init("modified", \.identity.modified, "Its modification time in nanoseconds since 1970."),
        .init("changed", \.identity.changed, "Its change time in nanoseconds since 1970."),
        .init("inode", \.identity.inode, "Its inode."),
        .init("xxh3_128", \.digest, "The digest of its bytes."),
    ]
}

extension FieldPath: JSONSpelled {
    package static var spelling: String { "the path of a field" }
    package init?(spelled text: String) {
        guard let path = try? FieldPath(text) else { return nil }
        self = path
    }
}

extension RecordCondition: JSONSpelled {
    package static var spelling: String { "a condition such as score >= 3" }
    package init?(spelled text: String) {
        guard let condition = try? RecordCondition(text) else { return nil }
        self = condition
    }
}

extension QualityMap: JSONSpelled {
    package static var spelling: String { "a quality map such as 0:0.2,3:1" }
    package init?(spelled text: String) {
        guard let map = try? QualityMap(text) else { return nil }
        self = map
    }
}

extension ShardFormat: JSONSpelled {
    package static var spelling: String { "a format" }
    package init?(spelled text: String) { self.init(name: text) }
}

import OrderedJSON
import TokenCounting

/// The arguments of a command that select the corpus, as far as they affect the audit.
///
/// They are stored with the runs of a scan, so that a merge writes the command that `datawall audit` would have
/// written.
struct CorpusRequest: JSONRecord, Equatable {
    /// The paths as given; their order decides the path of a file that several lead to.
    var paths: [String] = []
    var ignored: [String] = []
    var manifest: String?
    /// The SHA-256 of the manifest's file.
    var manifestSHA256: String?
    /// The digest of the inputs that the manifest names, and of how to read them; another manifest may differ only in
    /// weights, caps and maps.
    var manifestInputs: String?
    /// The listing of objects.
    var listing: String?
    /// The SHA-256 of the listing's file.
    var listingSHA256: String?
    /// The name given to the stream.
    var streamName: String?
    var textKey: String?
    /// The further fields of the text.
    var furtherTextKeys: [String] = []
    var condition: String?
    var sourceKey: String?
    var qualityKey: String?
    var qualityMap: String?
    var format: String?
    var textDocument: String?
    var endOfDocument: Int?
    /// The names or paths by which tokenizers were requested.
    var tokenizers: [String] = []
    /// The folder of evaluation sets.
    var benchmarks: String?

    static let blank = CorpusRequest()
    static let fields: [JSONField<CorpusRequest>] = [
        .init("paths", \.paths, presence: .writtenIfSet),
        .init("ignore", \.ignored, presence: .writtenIfSet),
        .init("manifest", \.manifest, presence: .writtenIfSet),
        .init("manifest_sha256", \.manifestSHA256, presence: .writtenIfSet),
        .init("manifest_inputs", \.manifestInputs, presence: .writtenIfSet),
        .init("listing", \.listing, presence: .writtenIfSet),
        .init("listing_sha256", \.listingSHA256, presence: .writtenIfSet),
        .init("name", \.streamName, presence: .writtenIfSet),
        .init("text_key", \.textKey, presence: .writtenIfSet),
        .init("further_text_keys", \.furtherTextKeys, presence: .writtenIfSet),
        .init("where", \.condition, presence: .writtenIfSet),
        .init("source_key", \.sourceKey, presence: .writtenIfSet),
        .init("quality_key", \.qualityKey, presence: .writtenIfSet),
        .init("quality_map", \.qualityMap, presence: .writtenIfSet),
        .init("format", \.format, presence: .writtenIfSet),
        .init("txt_document", \.textDocument, presence: .writtenIfSet),
        .init("end_of_document", \.endOfDocument, presence: .writtenIfSet),
        .init("tokenizers", \.tokenizers, presence: .writtenIfSet),
        .init("benchmarks", \.benchmarks, presence: .writtenIfSet),
    ]
}

extension CorpusRequest {
    /// The request that a user made by options; those at their defaults are left out.
    ///
    /// If several paths lead to the same file, the paths keep their order. Else their order does not matter, and they
    /// are sorted by their bytes.
    init(
        paths: [String], fields: FieldSelection, format: FormatSelection, ignored: [IgnorePattern],
        skipped: [Audit.Skipped]
    ) {
        let isOrdered = skipped.contains { $0.kind == SkipKind.duplicate.name }
        self.paths = isOrdered ? paths : Self.sorted(paths)
        self.ignored = Self.sorted(ignored.map(\.text))
        textKey = fields.text == .text && fields.furtherTexts.isEmpty ? nil : fields.text.description
        furtherTextKeys = fields.furtherTexts.map(\.description)
        condition = fields.condition?.description
        sourceKey = fields.source?.description
        qualityKey = fields.quality?.description
        qualityMap = fields.qualityMap?.description
        self.format = format.kind == .auto ? nil : format.kind.rawValue
        textDocument = format.textDocument == .file ? nil : format.textDocument.rawValue
        endOfDocument = format.endOfDocument.map { Int($0) }
    }

    private static func sorted(_ words: [String]) -> [String] { Set(words.map { ByteName($0) }).sorted().map(\.text) }

    /// The single request that covers all these scans; `nil` if no single command can.
    static func joined(_ requests: [CorpusRequest?]) -> CorpusRequest? {
        var joined: CorpusRequest?
        for request in requests {
            guard var request else { return nil }
            guard let first = joined else {
                joined = request
                continue
            }
            if request == first { continue }
            let paths = first.paths + request.paths
            // Paths that are not sorted by their bytes were given in an order that decides names.
            guard [first, request].allSatisfy({ $0.paths == sorted($0.paths) }) else { return nil }
            // The same vocabulary may be elsewhere on another machine.
            (request.paths, request.tokenizers) = (first.paths, first.tokenizers)
            guard request == first, first.manifest == nil, !paths.contains(where: { Shard.isUnnamedStream($0) }) else {
                return nil
            }
            joined?.paths = sorted(paths)
        }
        return joined
    }

    /// The same request with a name for the stream that comes from a path.
    func naming(stream name: String, at path: String) -> CorpusRequest {
        var request = self
        request.paths = paths.map { $0 == path ? "-" : $0 }
        request.streamName = name
        return request
    }

    /// The same request with another manifest.
    func with(manifest: String?, sha256: String?) -> CorpusRequest {
        var request = self
        request.manifest = manifest
        request.manifestSHA256 = sha256
        return request
    }

    /// The `datawall audit` command: all options that decide the audit in a fixed order.
    ///
    /// - Parameters:
    ///   - settings: The settings of counting.
    ///   - topCopies: The number of most repeated texts that are listed.
    ///   - nearPairs: The number of pairs of near copies that are listed for each number of shared bands.
    ///   - contaminationExamples: The number of items of evaluation sets that are shown with a document.
    /// - Returns: The command; `nil` if a stream had a path that names another one the next time.
    func command(
        _ settings: ScanSettings, topCopies: Int, nearPairs: Int = 0, contaminationExamples: Int = 0
    ) -> String? {
        guard !paths.contains(where: { $0 != "-" && Shard.isUnnamedStream($0) }) else { return nil }
        var words = ["datawall", "audit"]
        func add(_ option: String, _ value: String?, unless usual: String? = nil) {
            guard let value, value != usual else { return }
            // A value that begins with a dash would be read as an option.
            words += value.hasPrefix("-") ? ["\(option)=\(value)"] : [option, value]
        }
        let named = paths.contains { $0.hasPrefix("-") && $0 != "-" } ? [] : paths
        words += named
        add("--manifest", manifest)
        // The command that fetches the objects does not affect an audit, and may contain credentials.
        add("--listing", listing)
        for pattern in ignored { add("--ignore", pattern) }
        add("--name", streamName)
        add("--text-key", textKey)
        for key in furtherTextKeys { add("--text-key", key) }
        add("--where", condition)
        add("--source-key", sourceKey)
        add("--quality-key", qualityKey)
        add("--quality-map", qualityMap)
        add("--format", format)
        add("--txt-document", textDocument)
        add("--end-of-document", endOfDocument.map(String.init))
        add("--level", settings.level.rawValue, unless: Audit.Level.document.rawValue)
        add("--normalize", settings.normalization, unless: Normalization().name)
        for (index, identity) in settings.tokenizers.enumerated() {
            if let ratio = identity.estimatingRatio {
                add("--bytes-per-token", Self.text(ratio), unless: "4")
            } else if tokenizers.count == settings.tokenizers.count {
                add("--tokenizer", tokenizers[index])
            } else {
                add("--tokenizer", identity.name, unless: PretokenizedCounter().name)
            }
        }
        add("--sample", settings.sampleShare.map(Self.text))
        if let share = settings.nearSample {
            add("--near-sample", Self.text(share))
        } else if settings.seeksNearCopies {
            words.append("--near")
        }
        add("--near-pairs", "\(nearPairs)", unless: "0")
        if settings.benchmarks != nil { add("--benchmarks", benchmarks) }
        add("--contamination-examples", "\(contaminationExamples)", unless: "0")
        add("--max-record", "\(settings.maximumRecordBytes)", unless: "\(AuditOptions.usualMaximumRecordBytes)")
        add("--top-copies", "\(topCopies)", unless: "0")
        return ShellWords.joined(words + (named.count == paths.count ? [] : ["--"] + paths))
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}

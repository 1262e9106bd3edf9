import Foundation
import TokenCounting

/// One attempt at a job of a pipeline: takes documents, and counts once it is finished.
///
/// Only one thread at a time may use it. An attempt that is released unfinished leaves only the job's name, which
/// ``AuditBuilder/audit(declarations:)`` then reports as missing.
public final class JobAttempt {
    private let builder: AuditBuilder
    private let number: Int
    private let collector: UnitCollector
    private let store: RunStore
    private let journal: ScanJournal?
    private let shard: Shard
    private var intake: ShardIntake
    private var digest = StreamDigest()
    private var documents = 0
    private var textBytes = 0
    private var isOpen = true

    init(_ number: Int, job: String, of builder: AuditBuilder) throws(RunError) {
        let options = try builder.options.checked()
        self.builder = builder
        self.number = number
        // Documents in memory have no location: a file with the job's name has nothing to do with the job.
        let shard = Shard(path: job, location: "", source: "", fields: FieldSelection())
        self.shard = shard
        journal = try builder.folder.map { folder throws(RunError) in
            try ScanJournal(
                folder: "\(folder)/\(Self.folderName(job, number))",
                manifest: ScanManifest(settings: ScanSettings(options), shards: [job], attempt: number),
                // Of two attempts with one number the later one counts.
                shards: [shard], restarts: true)
        }
        store = journal?.store ?? RunStore(.temporary)
        collector = try UnitCollector(options: options, store: store)
        intake = ShardIntake(shard, options: options, collector: collector)
    }

    /// Takes a document.
    ///
    /// - Parameters:
    ///   - text: Its text.
    ///   - source: The source it belongs to.
    ///   - quality: Its quality score; without a quality map in the declarations of an audit the score is the weight,
    ///     and must be from 0 to 16.777215 to count as one. `nil` weighs 1.
    ///   - tokens: Its tokens, if known: counted by the tokenizer that the options name, which is not an estimate from
    ///     bytes. Only at document level, and only for one tokenizer.
    /// - Throws: ``DocumentError`` for a document that cannot be taken; it is left out and the attempt continues.
    ///   ``RunError`` if a run cannot be written.
    public func add(_ text: String, source: String, quality: Double? = nil, tokens: Int? = nil) throws {
        var text = text
        try text.withUTF8 { try add(utf8: $0, source: source, quality: quality, tokens: tokens) }
    }

    /// Takes a document from its UTF-8 bytes.
    ///
    /// Each invalid UTF-8 sequence counts as U+FFFD, and the audit reports it.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of its text.
    ///   - source: The source it belongs to.
    ///   - quality: Its quality score, or `nil`; as above.
    ///   - tokens: Its tokens, if known: counted by the tokenizer that the options name. Only at document level, and
    ///     only for one tokenizer.
    /// - Throws: ``DocumentError`` for a document that cannot be taken; it is left out and the attempt continues.
    ///   ``RunError`` if a run cannot be written, ``CorpusError/damaged(_:)`` if the options are strict and the bytes
    ///   are not UTF-8.
    public func add(
        utf8 bytes: UnsafeBufferPointer<UInt8>, source: String, quality: Double? = nil, tokens: Int? = nil
    ) throws {
        guard isOpen else { throw DocumentError.finished(job: shard.path) }
        guard !source.isEmpty else { throw DocumentError.noSource }
        if let quality, QualityWeight(quality) == nil { throw DocumentError.unusableQuality(quality) }
        guard tokens == nil || builder.options.level == .document else { throw DocumentError.tokensOfParts }
        guard tokens == nil || builder.options.furtherTokenizers.isEmpty else { throw DocumentError.tokensOfOne }
        let tokenizer = builder.options.tokenizer
        guard tokens == nil || tokenizer.identity.estimatingRatio == nil else { throw DocumentError.tokensOfEstimate }
        guard tokens != nil || !(tokenizer is PretokenizedCounter) else { throw DocumentError.noTokens }
        let known = tokens.flatMap { UInt32(exactly: $0) }
        if let tokens, known == nil { throw DocumentError.unusableTokens(tokens) }
        guard bytes.count <= builder.options.maximumRecordBytes else {
            throw DocumentError.tooLong(bytes: bytes.count, limit: builder.options.maximumRecordBytes)
        }
        let position = documents
        documents += 1
        textBytes += bytes.count
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { digest.update($0) }
        digest.update(UnsafeRawBufferPointer(bytes))
        let share = collector.share(of: source)
        try intake.take(bytes, share: share, score: quality, position: position, tokens: known) { $0 }
    }

    /// Ends the attempt and makes it count.
    ///
    /// With a folder, its runs are durable when this returns, and those of earlier attempts are deleted.
    ///
    /// - Throws: ``RunError`` if runs cannot be written; then the attempt does not count.
    public func finish() throws {
        guard isOpen else { throw DocumentError.finished(job: shard.path) }
        isOpen = false
        var report = intake.report(
            file: ShardEnd(identity: FileIdentity(streamOf: textBytes), digest: digest.value()))
        report.attempt = number
        let runs = try collector.takeRuns()
        for run in runs.units { try run.sort() }
        guard let journal, let folder = builder.folder else {
            return try builder.take(
                AuditBuilder.Finished(attempt: number, runs: runs, report: report, store: store))
        }
        try journal.commit(runs: runs, reports: [report])
        for earlier in 0..<number {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(Self.folderName(shard.path, earlier))")
        }
    }

    /// Ends the attempt as if it had never begun.
    public func discard() {
        guard isOpen else { return }
        isOpen = false
        if let journal { try? FileManager.default.removeItem(atPath: journal.folder) }
        builder.forget(shard.path)
    }

    /// The name of the folder for an attempt's runs: a digest of the job's name, which may not be valid as a folder
    /// name, and the number.
    private static func folderName(_ job: String, _ number: Int) -> String {
        let digest = Array(job.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
        return "job-\(digest)-attempt-\(RunStore.name(number))"
    }
}

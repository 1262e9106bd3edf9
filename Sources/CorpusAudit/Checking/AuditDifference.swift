/// The differences between one audit and a later one.
public struct AuditDifference: Sendable, Equatable {
    /// A setting, in words, of two audits.
    public struct Setting: Sendable, Equatable {
        /// The setting's name.
        public var name: String
        /// The earlier value; `nil` if it was not set.
        public var before: String?
        /// The later value.
        public var after: String?
    }

    /// A count of two audits.
    public struct Count: Sendable, Equatable {
        /// The name of the count: its key in the audit file.
        public var name: String
        /// The earlier value.
        public var before: Int
        /// The later value.
        public var after: Int

        /// How much it grew.
        public var change: Int { after - before }
    }

    /// A source of either audit.
    public struct Source: Sendable, Equatable {
        /// The source's name.
        public var name: String
        /// The earlier source; `nil` if it is new.
        public var before: Audit.Source?
        /// The later source; `nil` if it is gone.
        public var after: Audit.Source?
        /// Its counts in the order of the audit file; they are 0 in an audit without the source.
        public var counts: [Count]
    }

    /// The kinds of changes of an input.
    public enum InputChange: String, Sendable {
        /// It is only in the second audit.
        case added
        /// It is only in the first audit.
        case removed
        /// Its size or digest differs.
        case changed
    }

    /// An input that differs.
    public struct Input: Sendable, Equatable {
        /// The shard's path.
        public var shard: String
        /// The kind of change.
        public var change: InputChange
    }

    /// Settings that differ; if there are any, counts cannot be compared directly.
    public var settings: [Setting]
    /// Sums over the corpus, in the order of the audit file.
    public var totals: [Count]
    /// Hidden epochs of the corpus before and after.
    public var hiddenEpochs: (before: Double, after: Double) { (before.hiddenEpochs, after.hiddenEpochs) }
    /// Sources: those of the second audit in its order, then those that are gone.
    public var sources: [Source]
    /// Damage by kind, if it differs.
    public var problems: [Count]
    /// Files that were not read, by kind, where their number differs.
    public var skipped: [Count]
    /// Inputs that differ, sorted by path.
    public var inputs: [Input]

    private var before: Audit.Totals
    private var after: Audit.Totals

    /// Compares two audits.
    public init(from before: Audit, to after: Audit) {
        self.before = before.totals
        self.after = after.totals
        settings = Self.settings(before, after)
        totals = zip(Self.counts(before.totals), Self.counts(after.totals)).map {
            Count(name: $0.name, before: $0.value, after: $1.value)
        }
        if let earlier = before.nearDuplicates, let later = after.nearDuplicates {
            totals += zip(earlier.unique, later.unique).map {
                Count(name: "near_unique_tokens_\($0.threshold)", before: $0.tokens, after: $1.tokens)
            }
        }
        totals += Self.contamination(before, after)
        let earlier = Dictionary(
            before.sources.map { (ByteName($0.name), $0) }, uniquingKeysWith: { first, _ in first })
        let later = Set(after.sources.map { ByteName($0.name) })
        sources =
            after.sources.map { Self.source(earlier[ByteName($0.name)], $0) }
            + before.sources.filter { !later.contains(ByteName($0.name)) }.map { Self.source($0, nil) }
        problems = Self.problems(before, after)
        skipped = Self.skipped(before, after)
        inputs = Self.inputs(before, after)
    }

    /// Whether settings, inputs and counts of the two audits are equal.
    public var isEmpty: Bool {
        settings.isEmpty && problems.isEmpty && skipped.isEmpty && inputs.isEmpty
            && totals.allSatisfy { $0.change == 0 }
            && sources.allSatisfy { $0.before == $0.after }
    }

    private static func counts(_ totals: Audit.Totals) -> [(name: String, value: Int)] {
        [
            ("shards", totals.shards), ("documents", totals.documents), ("units", totals.units),
            ("unique_units", totals.uniqueUnits), ("empty_units", totals.emptyUnits), ("bytes", totals.bytes),
            ("unique_bytes", totals.uniqueBytes), ("tokens", totals.tokens), ("unique_tokens", totals.uniqueTokens),
            ("repeated_tokens", totals.repeatedTokens),
        ]
    }

    private static func counts(_ source: Audit.Source?) -> [(name: String, value: Int)] {
        let source = source ?? Audit.Source(name: "")
        return [
            ("shards", source.shards), ("documents", source.documents), ("units", source.units),
            ("unique_units", source.uniqueUnits), ("bytes", source.bytes), ("unique_bytes", source.uniqueBytes),
            ("tokens", source.tokens), ("unique_tokens", source.uniqueTokens),
            ("repeated_tokens", source.repeatedTokens), ("exclusive_tokens", source.exclusiveTokens),
            ("owned_unique_tokens", source.ownedUniqueTokens),
        ]
    }

    /// The counts of evaluation sets, if both audits searched for the same sets.
    private static func contamination(_ before: Audit, _ after: Audit) -> [Count] {
        guard let earlier = before.contamination, let later = after.contamination, earlier.digest == later.digest else {
            return []
        }
        func documents(_ found: Audit.Contamination) -> (count: Int, tokens: Int) {
            found.sources.reduce((0, 0)) { ($0.0 + $1.all.documents, $0.1 + $1.all.tokens) }
        }
        let (old, new) = (documents(earlier), documents(later))
        let sets = zip(earlier.sets, later.sets).flatMap { old, new in
            [
                Count(name: "contaminated_items_of_\(new.name)", before: old.contaminated, after: new.contaminated),
                Count(name: "covered_items_of_\(new.name)", before: old.covered, after: new.covered),
            ]
        }
        return sets + [
            Count(name: "contaminated_documents", before: old.count, after: new.count),
            Count(name: "contaminated_tokens", before: old.tokens, after: new.tokens),
        ]
    }

    private static func source(_ before: Audit.Source?, _ after: Audit.Source?) -> Source {
        Source(
            name: after?.name ?? before?.name ?? "", before: before, after: after,
            counts: zip(counts(before), counts(after)).map { Count(name: $0.name, before: $0.value, after: $1.value) })
    }

    private static func settings(_ before: Audit, _ after: Audit) -> [Setting] {
        func shards(_ audit: Audit) -> [ByteName: String] {
            let sources = audit.options.sources.map {
                (ByteName($0.name), $0.value.map(\.text).joined(separator: "; "))
            }
            return Dictionary(sources, uniquingKeysWith: { first, _ in first })
        }
        let (earlier, later) = (shards(before), shards(after))
        // A source that is new or gone is no setting.
        let sources = after.options.sources.map(\.name).compactMap { name -> Setting? in
            guard let old = earlier[ByteName(name)], let new = later[ByteName(name)] else { return nil }
            return Setting(name: "shards of \(name)", before: old, after: new)
        }
        let settings = [
            Setting(name: "level", before: before.level.rawValue, after: after.level.rawValue),
            Setting(name: "tokenizer", before: before.tokenizer.name, after: after.tokenizer.name),
            Setting(name: "tokenizer_sha256", before: before.tokenizer.sha256, after: after.tokenizer.sha256),
            Setting(name: "datawall_version", before: before.datawallVersion, after: after.datawallVersion),
            Setting(name: "normalization", before: before.options.normalization, after: after.options.normalization),
            Setting(name: "near_duplicates", before: near(before), after: near(after)),
            Setting(
                name: "evaluation_sets", before: before.contamination?.digest.description,
                after: after.contamination?.digest.description),
        ]
        return (settings + sources).filter { $0.before != $0.after }
    }

    /// How near copies were sought, in words.
    private static func near(_ audit: Audit) -> String? {
        audit.nearDuplicates.map { near in
            NearMethod.name + (near.sample.map { ", a sample of \($0.share)" } ?? "")
        }
    }

    private static func problems(_ before: Audit, _ after: Audit) -> [Count] {
        let kinds = Set((before.problemCounts + after.problemCounts).map(\.kind.rawValue)).sorted()
        func count(_ audit: Audit, _ kind: String) -> Int {
            audit.problemCounts.first { $0.kind.rawValue == kind }?.count ?? 0
        }
        return kinds.map { Count(name: $0, before: count(before, $0), after: count(after, $0)) }
            .filter { $0.change != 0 }
    }

    private static func skipped(_ before: Audit, _ after: Audit) -> [Count] {
        func files(_ audit: Audit, _ kind: String) -> Int {
            audit.skipped.first { $0.kind == kind }?.files ?? 0
        }
        return Set((before.skipped + after.skipped).map(\.kind)).sorted()
            .map { Count(name: $0, before: files(before, $0), after: files(after, $0)) }
            .filter { $0.change != 0 }
    }

    private static func inputs(_ before: Audit, _ after: Audit) -> [Input] {
        let earlier = Dictionary(
            before.inputs.map { (ByteName($0.shard), $0) }, uniquingKeysWith: { first, _ in first })
        let later = Dictionary(after.inputs.map { (ByteName($0.shard), $0) }, uniquingKeysWith: { first, _ in first })
        return Set(earlier.keys).union(later.keys).sorted().compactMap { name in
            guard let old = earlier[name] else { return Input(shard: name.text, change: .added) }
            guard let new = later[name] else { return Input(shard: name.text, change: .removed) }
            return old.bytes == new.bytes && old.digest == new.digest ? nil : Input(shard: name.text, change: .changed)
        }
    }
}

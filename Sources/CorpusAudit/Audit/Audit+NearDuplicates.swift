package import OrderedJSON

extension Audit {
    /// The distinct documents that remain without near copies: an estimate by the method ``NearMethod``.
    ///
    /// A document is a near copy at the threshold *k* if it shares *k* bands of its signature or more with a kept
    /// document that is longer.
    public struct NearDuplicates: Sendable, Equatable {
        /// The documents that remain at one threshold.
        public struct Unique: Sendable, Equatable {
            /// The number of shared bands from which a document is a near copy.
            public var threshold = NearMethod.defaultThreshold
            /// Distinct documents that are not near copies; with a sample, only those of the sample.
            public var units = 0
            /// Tokens that are left, each distinct document at its owner.
            public var tokens = 0

            var further = FurtherTokens<Unique>()
        }

        /// The documents that remain in one source.
        public struct Source: Sendable, Equatable {
            /// The source's name.
            public var name = ""
            /// The remaining documents that the source owns, by threshold.
            public var unique: [Unique] = []
        }

        /// Clusters of a range of sizes: each is a kept document and its near copies.
        public struct Clusters: Sendable, Equatable {
            /// The fewest documents of a cluster.
            public var from = 2
            /// The most documents of a cluster.
            public var to = 2
            /// How many clusters there are.
            public var clusters = 0
            /// The distinct documents in them.
            public var units = 0
        }

        /// The documents that were looked at, where these are a sample.
        public struct Sample: Sendable, Equatable {
            /// The share of the documents that was to be looked at.
            public var share = 0.0
            /// Distinct documents in the sample.
            public var units = 0
            /// Their tokens.
            public var tokens = 0

            var further = FurtherTokens<Sample>()
        }

        /// How likely pairs of a similarity are found.
        public struct Recall: Sendable, Equatable {
            /// The Jaccard similarity of the documents' shingles.
            public var similarity = 0.0
            /// The chance that such a pair is found, by threshold.
            public var found: [Double] = []
        }

        /// A document of a pair.
        public struct Document: Sendable, Equatable {
            /// The fingerprint of its text.
            public var fingerprint = Fingerprint.zero
            /// The source that owns it.
            public var source = ""
            /// The shard of its owner.
            public var shard = ""
            /// The owner's record in the shard.
            public var record = 0
        }

        /// Two documents that share bands, for people to look at.
        public struct Pair: Sendable, Equatable {
            /// How many bands they share.
            public var sharedBands = 1
            /// The longer document.
            public var first = Document()
            /// The other one.
            public var second = Document()
        }

        /// The threshold of ``overlap`` and ``clusters``, and the one that plans use.
        public var threshold = NearMethod.defaultThreshold
        /// The documents that were looked at; `nil` where these are all.
        public var sample: Sample?
        /// The documents that remain in the corpus, by threshold from 1.
        public var unique: [Unique] = []
        /// The documents that remain in each source, in the audit's order; the sources' tokens add up to ``unique``.
        public var sources: [Source] = []
        /// Near copies whose kept document another source owns, by pair of sources; with a sample, only those of the
        /// sample.
        public var overlap: [Overlap] = []
        /// Clusters by size; with a sample, only those of the sample.
        public var clusters: [Clusters] = []
        /// Documents of the largest cluster; 0 if there is none.
        public var largestCluster = 0
        /// Members of the largest bucket.
        public var largestBucket = 0
        /// Buckets with more members than each was compared with.
        public var cappedBuckets = 0
        /// Pairs in these buckets that were not compared.
        public var uncomparedPairs = 0

        /// Examples of pairs for each number of shared bands, the fewest first; `nil` if they were not requested.
        public var pairs: [Pair]?

        /// How likely pairs are found: the curve of the method, the same in every audit.
        public static let recall: [Recall] = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95].map { similarity in
            Recall(
                similarity: similarity,
                found: NearMethod.reportedThresholds.map {
                    (NearMethod.recall(atSimilarity: similarity, threshold: $0) * 1e4).rounded() / 1e4
                })
        }

        /// The documents that remain at a threshold, or `nil` if that threshold is not reported.
        public func unique(atThreshold threshold: Int) -> Unique? { unique.first { $0.threshold == threshold } }
    }

    /// The share of the tokens that repeats earlier ones, exactly or nearly, at a threshold; `nil` where near copies were
    /// not counted.
    ///
    /// - Parameter threshold: One of ``NearMethod/reportedThresholds``.
    /// - Returns: The share, from 0 to 1.
    public func nearRepeatedShare(atThreshold threshold: Int = NearMethod.defaultThreshold) -> Double? {
        guard let unique = nearDuplicates?.unique(atThreshold: threshold) else { return nil }
        return totals.tokens == 0 ? 0 : 1 - Double(unique.tokens) / Double(totals.tokens)
    }
}

// MARK: The file

extension Audit.NearDuplicates: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("method", constant: .string(NearMethod.name)),
        .init("estimate", constant: true, "Near copies are found with the chances that recall says."),
        .init(
            "threshold", \.threshold, "The shared bands from which overlap and clusters count near copies.", .positive),
        .init("sample", \.sample, "The documents that were looked at; null where these are all."),
        .init("unique", \.unique, "Units and tokens without exact and near copies, by the number of shared bands."),
        .init("sources", \.sources, "The same by the source that owns a document, in the audit's order."),
        .init("overlap", \.overlap, "Near copies whose kept document another source owns; of a sample, those in it."),
        .init(
            "clusters", \.clusters,
            "Clusters of a kept document and its near copies, by size; of a sample, those in it."),
        .init("largest_cluster", \.largestCluster, "Documents of the largest cluster.", .notNegative),
        .init("largest_bucket", \.largestBucket, "Documents of the largest bucket.", .notNegative),
        .init("capped_buckets", \.cappedBuckets, "Buckets in which not all pairs were compared.", .notNegative),
        .init("uncompared_pairs", \.uncomparedPairs, "The pairs that were not.", .notNegative),
        .init(
            "pairs", \.pairs, "Pairs to look at, of each number of shared bands some; where asked for.",
            writtenWhere: { $0.pairs != nil }),
        .init(
            written: "recall", { _ in Self.recall },
            "The chance that a pair of a Jaccard similarity is found, by the number of shared bands, from 1."),
    ]

    package func check(at place: JSONPlace) throws(JSONPathError) {
        guard unique.map(\.threshold) == Array(NearMethod.reportedThresholds) else {
            throw place.failure("must have the thresholds 1 to \(NearMethod.reportedThresholds.upperBound) in unique")
        }
        for source in sources where source.unique.map(\.threshold) != unique.map(\.threshold) {
            throw place.failure("must have the same thresholds in each source, not so in \(source.name)")
        }
        for (index, row) in unique.enumerated() {
            let sum = sources.reduce(Int128(0)) { $0 + Int128($1.unique[index].tokens) }
            guard sum == Int128(row.tokens) else {
                throw place.failure(
                    "has sources that add up to \(sum) tokens at \(row.threshold) shared bands, not to \(row.tokens)")
            }
        }
    }
}

extension Audit.NearDuplicates.Unique: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Tokens that are left, each distinct document at its owner.", .notNegative)
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("threshold", \.threshold, "The number of shared bands.", .positive),
            .init(
                "units", \.units, "Distinct documents that are no near copy; of a sample, those in it.", .notNegative),
        ] + tokenFields + [furtherTokens]
}

extension Audit.NearDuplicates.Source: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("name", \.name, "The source."),
        .init("unique", \.unique, "Its owned documents without near copies."),
    ]
}

extension Audit.NearDuplicates.Clusters: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("from", \.from, "The fewest documents of a cluster.", .notNegative),
        .init("to", \.to, "The most documents of a cluster.", .notNegative),
        .init("clusters", \.clusters, "How many there are.", .notNegative),
        .init("units", \.units, "The distinct documents in them.", .notNegative),
    ]
}

extension Audit.NearDuplicates.Sample: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [.init("tokens", \.tokens, "Their tokens.", .notNegative)]
    package static let fields: [JSONField<Self>] =
        [
            .init("share", \.share, "The share of the documents that was to be looked at.", .share),
            .init("units", \.units, "Distinct documents in the sample.", .notNegative),
        ] + tokenFields + [furtherTokens]
}

extension Audit.NearDuplicates.Document: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("xxh3_128", \.fingerprint, "The fingerprint of its text."),
        .init("source", \.source, "The source that owns it."),
        .init("shard", \.shard, "The shard of its owner."),
        .init("record", \.record, "The owner's record in the shard, counted from 0.", .notNegative),
    ]
}

extension Audit.NearDuplicates.Pair: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("shared_bands", \.sharedBands, "How many of 14 bands the documents share.", .positive),
        .init("first", \.first, "The longer document."), .init("second", \.second, "The other one."),
    ]
}

extension Audit.NearDuplicates.Recall: JSONRecord {
    package static let blank = Self()
    package static let fields: [JSONField<Self>] = [
        .init("similarity", \.similarity, "The Jaccard similarity of the documents' shingles.", .share),
        .init("found", \.found, "The chances."),
    ]
}

extension Audit.NearDuplicates {
    /// The rows with the counts of further tokenizers.
    func joined(with others: [Self], _ names: [String]) -> Self {
        var joined = self
        joined.sample = sample.map { $0.joined(with: others.compactMap(\.sample), names) }
        joined.unique = unique.joined(with: others.map(\.unique), names)
        for index in sources.indices {
            joined.sources[index].unique = sources[index].unique.joined(
                with: others.map { $0.sources[index].unique }, names)
        }
        joined.overlap = overlap.joined(with: others.map(\.overlap), names)
        return joined
    }

    /// The rows as each tokenizer counted them, the first one first.
    func separated(_ names: [String], at path: String) throws(JSONPathError) -> [Self] {
        let unique = try unique.separated(names, at: "\(path).unique")
        let overlap = try overlap.separated(names, at: "\(path).overlap")
        let samples = try sample?.separated(names, at: "\(path).sample")
        var parts = unique.indices.map { column in
            var part = self
            part.unique = unique[column]
            part.overlap = overlap[column]
            part.sample = samples?[column]
            return part
        }
        for index in sources.indices {
            let rows = try sources[index].unique.separated(names, at: "\(path).sources[\(index)].unique")
            for column in parts.indices { parts[column].sources[index].unique = rows[column] }
        }
        return parts
    }
}

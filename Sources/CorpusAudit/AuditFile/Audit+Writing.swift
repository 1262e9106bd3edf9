public import OrderedJSON

extension Audit {
    /// The name of the format, as it stands in a file.
    static let formatName = "datawall-audit"

    /// The version of the format this library writes.
    ///
    /// Files of the same version may have more keys than it knows.
    static let formatVersion = 1

    /// The audit as the content of an audit file, keys in the documented order.
    ///
    /// The same audit gives the same bytes on every machine. Where there are several tokenizers, what depends on them is
    /// a list with one value for each.
    public var json: JSONValue {
        let audits = [self] + byFurtherTokenizer
        func columns<Row>(_ rows: (Audit) -> [Row], _ json: ([Row]) -> JSONValue) -> JSONValue {
            Self.rows(audits.map(rows), json)
        }
        let members: KeyValuePairs<String, JSONValue?> = [
            "format": .string(Self.formatName),
            "version": .integer(Self.formatVersion),
            "level": .string(level.rawValue),
            "exact": true,
            "complete": .bool(isComplete),
            "datawall_version": .string(datawallVersion),
            "options": .object(options.map { JSONMember(key: $0.name, value: Self.optional($0.value)) }),
            "tokenizer": tokenizer.json,
            "tokenizers": audits.count == 1 ? Optional.none : .array(audits.map(\.tokenizer.json)),
            "totals": Totals.json(audits.map(\.totals)),
            "sources": columns(\.sources, Source.json),
            "overlap": columns(\.overlap, Overlap.json),
            "copies": columns(\.copies, Copies.json),
            "largest_copies": largestCopies.json,
            "top_copies": topCopies.map { _ in columns({ $0.topCopies ?? [] }, TopCopy.json) },
            "problem_counts": .object(
                problemCounts.map { JSONMember(key: $0.kind.rawValue, value: .integer($0.count)) }),
            "problems": .array(problems.map(\.json)),
            "skipped": .array(skipped.map(\.json)),
            "inputs": .array(inputs.map(\.json)),
        ]
        return .object(members.compactMap { member in member.value.map { JSONMember(key: member.key, value: $0) } })
    }

    /// A value that depends on the tokenizer: itself where there is one, a list where there are several.
    fileprivate static func column<Row>(_ rows: [Row], _ value: (Row) -> JSONValue) -> JSONValue {
        rows.count == 1 ? value(rows[0]) : .array(rows.map(value))
    }

    /// Tables of the same rows by several tokenizers as one.
    fileprivate static func rows<Row>(_ tables: [[Row]], _ json: ([Row]) -> JSONValue) -> JSONValue {
        precondition(tables.allSatisfy { $0.count == tables[0].count }, "audits of one corpus have the same rows")
        return .array(tables[0].indices.map { index in json(tables.map { $0[index] }) })
    }

    fileprivate static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    fileprivate static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }

    fileprivate static func optional(_ interval: ClosedRange<Double>?) -> JSONValue {
        interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
    }
}

extension Audit.Tokenizer {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name),
            "sha256": Audit.optional(sha256),
            "certified": .bool(isCertified),
            "estimate": .bool(isEstimate),
            "bytes_per_token": Audit.optional(bytesPerToken),
            "bytes_per_token_interval": Audit.optional(bytesPerTokenInterval),
            "policy": policy.json,
            "replaced_sequences": replacedSequences.map { .integer($0) } ?? .null,
            "sample": sample?.json ?? .null,
        ])
    }
}

extension Audit.Sample {
    fileprivate var json: JSONValue {
        .object([
            "share": .number(share),
            "strata": .array(
                strata.map { stratum in
                    .object([
                        "sources": .array(stratum.sources.map { .string($0) }),
                        "units": .integer(stratum.units),
                        "bytes": .integer(stratum.bytes),
                        "tokens": .integer(stratum.tokens),
                        "bytes_per_token": Audit.optional(stratum.bytesPerToken),
                        "bytes_per_token_interval": Audit.optional(stratum.bytesPerTokenInterval),
                    ])
                }),
        ])
    }
}

extension Audit.Totals {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "shards": .integer(row.shards),
            "documents": .integer(row.documents),
            "units": .integer(row.units),
            "unique_units": .integer(row.uniqueUnits),
            "empty_units": .integer(row.emptyUnits),
            "bytes": .integer(row.bytes),
            "unique_bytes": .integer(row.uniqueBytes),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "unique_tokens": Audit.column(rows) { .integer($0.uniqueTokens) },
            "repeated_tokens": Audit.column(rows) { .integer($0.repeatedTokens) },
            "hidden_epochs": Audit.column(rows) { .number($0.hiddenEpochs) },
            "weighted_unique_tokens": Audit.column(rows) { .number($0.weightedUniqueTokens) },
        ])
    }
}

extension Audit.Source {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "name": .string(row.name),
            "shards": .integer(row.shards),
            "documents": .integer(row.documents),
            "units": .integer(row.units),
            "unique_units": .integer(row.uniqueUnits),
            "bytes": .integer(row.bytes),
            "unique_bytes": .integer(row.uniqueBytes),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "unique_tokens": Audit.column(rows) { .integer($0.uniqueTokens) },
            "repeated_tokens": Audit.column(rows) { .integer($0.repeatedTokens) },
            "exclusive_tokens": Audit.column(rows) { .integer($0.exclusiveTokens) },
            "owned_unique_tokens": Audit.column(rows) { .integer($0.ownedUniqueTokens) },
            "hidden_epochs": Audit.column(rows) { .number($0.hiddenEpochs) },
            "quality": Audit.column(rows) { .number($0.quality) },
            "weighted_unique_tokens": Audit.column(rows) { .number($0.weightedUniqueTokens) },
            "max_epochs": Audit.optional(row.maximumEpochs),
            "floor": Audit.optional(row.floor),
            "copies": Audit.rows(rows.map(\.copies), Audit.Copies.json),
            "largest_copies": row.largestCopies.json,
            "quality_histogram": Audit.rows(rows.map(\.qualityHistogram), Audit.QualityBucket.json),
            "scores": Audit.rows(rows.map(\.scores), Audit.ScoreBin.json),
        ])
    }
}

extension Audit.Copies {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "from": .integer(row.from),
            "to": .integer(row.to),
            "units": .integer(row.units),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "occurrences": .integer(row.occurrences),
            "occurrence_tokens": Audit.column(rows) { .integer($0.occurrenceTokens) },
        ])
    }
}

extension Audit.TopCopy {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "xxh3_128": .string(row.fingerprint.description),
            "occurrences": .integer(row.occurrences),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "bytes": .integer(row.bytes),
            "source": .string(row.source),
            "shard": .string(row.shard),
            "record": .integer(row.record),
        ])
    }
}

extension Audit.QualityBucket {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "from": .number(row.from),
            "to": .number(row.to),
            "units": .integer(row.units),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "unique_tokens": Audit.column(rows) { .integer($0.uniqueTokens) },
        ])
    }
}

extension Audit.ScoreBin {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "from": row.from.json,
            "to": row.to.json,
            "units": .integer(row.units),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
            "unique_tokens": Audit.column(rows) { .integer($0.uniqueTokens) },
        ])
    }
}

extension Audit.Overlap {
    fileprivate static func json(_ rows: [Self]) -> JSONValue {
        let row = rows[0]
        return .object([
            "sources": .array([.string(row.first), .string(row.second)]),
            "units": .integer(row.units),
            "tokens": Audit.column(rows) { .integer($0.tokens) },
        ])
    }
}

extension Audit.Input {
    fileprivate var json: JSONValue {
        .object([
            "shard": .string(shard),
            "source": sources.count == 1 ? .string(sources[0]) : .array(sources.map { .string($0) }),
            "bytes": .integer(bytes),
            "xxh3_128": .string(digest.description),
            "documents": .integer(documents),
        ])
    }
}

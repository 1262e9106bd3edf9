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
    /// The same audit gives the same bytes on every machine.
    public var json: JSONValue {
        let members: KeyValuePairs<String, JSONValue?> = [
            "format": .string(Self.formatName),
            "version": .integer(Self.formatVersion),
            "level": .string(level.rawValue),
            "exact": true,
            "complete": .bool(isComplete),
            "datawall_version": .string(datawallVersion),
            "options": .object(options.map { JSONMember(key: $0.name, value: Self.optional($0.value)) }),
            "tokenizer": tokenizer.json,
            "totals": totals.json,
            "sources": .array(sources.map(\.json)),
            "overlap": .array(overlap.map(\.json)),
            "copies": .array(copies.map(\.json)),
            "top_copies": topCopies.map { .array($0.map(\.json)) },
            "problem_counts": .object(
                problemCounts.map { JSONMember(key: $0.kind.rawValue, value: .integer($0.count)) }),
            "problems": .array(problems.map(\.json)),
            "inputs": .array(inputs.map(\.json)),
        ]
        return .object(members.compactMap { member in member.value.map { JSONMember(key: member.key, value: $0) } })
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
            "policy": policy?.json ?? .null,
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
    fileprivate var json: JSONValue {
        .object([
            "shards": .integer(shards),
            "documents": .integer(documents),
            "units": .integer(units),
            "unique_units": .integer(uniqueUnits),
            "empty_units": .integer(emptyUnits),
            "bytes": .integer(bytes),
            "unique_bytes": .integer(uniqueBytes),
            "tokens": .integer(tokens),
            "unique_tokens": .integer(uniqueTokens),
            "repeated_tokens": .integer(repeatedTokens),
            "hidden_epochs": .number(hiddenEpochs),
            "weighted_unique_tokens": .number(weightedUniqueTokens),
        ])
    }
}

extension Audit.Source {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name),
            "shards": .integer(shards),
            "documents": .integer(documents),
            "units": .integer(units),
            "unique_units": .integer(uniqueUnits),
            "bytes": .integer(bytes),
            "unique_bytes": .integer(uniqueBytes),
            "tokens": .integer(tokens),
            "unique_tokens": .integer(uniqueTokens),
            "repeated_tokens": .integer(repeatedTokens),
            "exclusive_tokens": .integer(exclusiveTokens),
            "owned_unique_tokens": .integer(ownedUniqueTokens),
            "hidden_epochs": .number(hiddenEpochs),
            "quality": .number(quality),
            "weighted_unique_tokens": .number(weightedUniqueTokens),
            "max_epochs": Audit.optional(maximumEpochs),
            "floor": Audit.optional(floor),
            "copies": .array(copies.map(\.json)),
            "quality_histogram": .array(qualityHistogram.map(\.json)),
        ])
    }
}

extension Audit.Copies {
    fileprivate var json: JSONValue {
        .object([
            "from": .integer(from),
            "to": .integer(to),
            "units": .integer(units),
            "tokens": .integer(tokens),
            "occurrences": .integer(occurrences),
            "occurrence_tokens": .integer(occurrenceTokens),
        ])
    }
}

extension Audit.TopCopy {
    fileprivate var json: JSONValue {
        .object([
            "xxh3_128": .string(fingerprint.description),
            "occurrences": .integer(occurrences),
            "tokens": .integer(tokens),
            "bytes": .integer(bytes),
            "source": .string(source),
            "shard": .string(shard),
            "record": .integer(record),
        ])
    }
}

extension Audit.QualityBucket {
    fileprivate var json: JSONValue {
        .object([
            "from": .number(from),
            "to": .number(to),
            "units": .integer(units),
            "tokens": .integer(tokens),
            "unique_tokens": .integer(uniqueTokens),
        ])
    }
}

extension Audit.Overlap {
    fileprivate var json: JSONValue {
        .object([
            "sources": .array([.string(first), .string(second)]),
            "units": .integer(units),
            "tokens": .integer(tokens),
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

extension Problem {
    /// The problem as it stands in audits and commits.
    var json: JSONValue {
        .object([
            "shard": .string(shard),
            "record": record.map { .integer($0) } ?? .null,
            "byte_offset": byteOffset.map { .integer($0) } ?? .null,
            "kind": .string(kind.rawValue),
            "message": .string(message),
        ])
    }
}

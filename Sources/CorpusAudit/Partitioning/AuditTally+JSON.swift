import OrderedJSON

extension AuditTally {
    /// The sums as they stand in a partial reduction.
    var json: JSONValue {
        .object([
            "sources": .array(sources.map(\.json)),
            "copies": .array(copies.map(\.json)),
            "overlap": .array(
                overlap.sorted { $0.key < $1.key }.map { pair, sums in
                    .integers([pair >> 12, pair & 0xFFF, sums.units, sums.tokens])
                }),
            "top_copies": .object([
                "limit": .integer(topCopies.limit), "texts": .array(topCopies.sorted.map(\.json)),
            ]),
        ])
    }

    init?(_ json: JSONValue?) {
        guard case .array(let sourceRows)? = json?["sources"], case .array(let copiesRows)? = json?["copies"],
            case .array(let overlapRows)? = json?["overlap"], let top = json?["top_copies"],
            case .integer(let limit)? = top["limit"], (0...AuditOptions.mostTopCopies).contains(limit),
            case .array(let texts)? = top["texts"]
        else { return nil }
        guard sourceRows.count <= Corpus.maximumSources, texts.count <= limit else { return nil }
        self.init(sourceCount: 0, topCopies: limit)
        for row in sourceRows {
            guard let source = Source(row) else { return nil }
            sources.append(source)
        }
        guard let buckets = CopiesBucket.list(copiesRows) else { return nil }
        copies = buckets
        for row in overlapRows {
            guard let values = row.integers(4), values[0] < values[1], values[1] < sources.count,
                overlap[values[0] << 12 | values[1]] == nil
            else { return nil }
            overlap[values[0] << 12 | values[1]] = Overlap(units: values[2], tokens: values[3])
        }
        for row in texts {
            guard let entry = TopCopies.Entry(row) else { return nil }
            topCopies.add(entry)
        }
    }
}

extension AuditTally.Source {
    fileprivate var json: JSONValue {
        .object([
            "sums": .integers([
                units, bytes, tokens, uniqueUnits, uniqueBytes, uniqueTokens, exclusiveTokens, ownedUnits, ownedBytes,
                ownedTokens,
            ]),
            // Sums of products outgrow 64 bits.
            "weighted": .array([.string("\(weightedUnique)"), .string("\(weightedOwned)")]),
            "copies": .array(copies.map(\.json)),
            "quality": .array(quality.map { .integers([$0.units, $0.tokens, $0.uniqueTokens]) }),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard let sums = json["sums"]?.integers(10), case .array(let weights)? = json["weighted"], weights.count == 2,
            case .string(let unique) = weights[0], case .string(let owned) = weights[1],
            let weightedUnique = UInt128(unique), let weightedOwned = UInt128(owned),
            case .array(let copiesRows)? = json["copies"], case .array(let qualityRows)? = json["quality"],
            let copies = AuditTally.CopiesBucket.list(copiesRows)
        else { return nil }
        units = sums[0]
        bytes = sums[1]
        tokens = sums[2]
        uniqueUnits = sums[3]
        uniqueBytes = sums[4]
        uniqueTokens = sums[5]
        exclusiveTokens = sums[6]
        ownedUnits = sums[7]
        ownedBytes = sums[8]
        ownedTokens = sums[9]
        self.weightedUnique = weightedUnique
        self.weightedOwned = weightedOwned
        self.copies = copies
        for row in qualityRows {
            guard let values = row.integers(3) else { return nil }
            quality.append(.init(units: values[0], tokens: values[1], uniqueTokens: values[2]))
        }
        guard quality.count <= QualityGrid.count else { return nil }
    }
}

extension AuditTally.CopiesBucket {
    fileprivate var json: JSONValue { .integers([units, tokens, occurrences, occurrenceTokens]) }

    fileprivate static func list(_ rows: [JSONValue]) -> [Self]? {
        var buckets: [Self] = []
        for row in rows {
            guard let values = row.integers(4), buckets.count < 64 else { return nil }
            buckets.append(
                Self(units: values[0], tokens: values[1], occurrences: values[2], occurrenceTokens: values[3]))
        }
        return buckets
    }
}

extension TopCopies.Entry {
    fileprivate var json: JSONValue {
        .object([
            "xxh3_128": .string(fingerprint.description),
            "sums": .integers([occurrences, tokens, bytes, rank, position]),
        ])
    }

    fileprivate init?(_ json: JSONValue) {
        guard case .string(let digits)? = json["xxh3_128"], let fingerprint = Fingerprint(hexadecimal: digits),
            let sums = json["sums"]?.integers(5)
        else { return nil }
        self.init(
            fingerprint: fingerprint, occurrences: sums[0], tokens: sums[1], bytes: sums[2], rank: sums[3],
            position: sums[4])
    }
}

extension JSONValue {
    fileprivate static func integers(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }

    /// The elements of an array of so many integers from 0 up; `nil` for anything else.
    fileprivate func integers(_ count: Int) -> [Int]? {
        guard case .array(let elements) = self, elements.count == count else { return nil }
        var values: [Int] = []
        for element in elements {
            guard case .integer(let value) = element, value >= 0 else { return nil }
            values.append(value)
        }
        return values
    }
}

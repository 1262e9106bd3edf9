import OrderedJSON

extension Audit {
    /// Converts a file of version 1 to version 2.
    ///
    /// Version 1 had lists in the place of numbers if several tokenizers counted, one set of options for all sources,
    /// and no `skipped` before the development of 0.2.
    static func upgradedFromVersion1(_ json: JSONValue) -> JSONValue {
        guard case .object(let members) = json else { return json }
        var further: [JSONValue] = []
        if case .array(let all)? = json["tokenizers"] { further = all.dropFirst().map(upgraded(tokenizer:)) }
        let columns = TokenizerLists(further)
        var file: [JSONMember] = []
        for member in members {
            switch member.key {
            case "version": file.append(JSONMember(key: member.key, value: .integer(formatVersion)))
            case "tokenizer": file.append(JSONMember(key: member.key, value: upgraded(tokenizer: member.value)))
            case "tokenizers": file.append(JSONMember(key: "further_tokenizers", value: .array(further)))
            case "options":
                file.append(
                    JSONMember(key: member.key, value: upgraded(options: member.value, sources: json["sources"])))
            case "totals", "overlap", "copies", "top_copies":
                file.append(JSONMember(key: member.key, value: columns.parted(member.value)))
            case "sources":
                var sources = columns.parted(member.value)
                if case .array(let rows) = sources {
                    sources = .array(
                        rows.map { filled($0, ["max_epochs": nil, "floor": nil, "largest_copies": nil, "scores": []]) })
                }
                file.append(JSONMember(key: member.key, value: sources))
            default: file.append(member)
            }
        }
        return filled(
            .object(file),
            [
                "made_by": nil, "largest_copies": nil, "near_duplicates": nil, "contamination": nil, "skipped": [],
                "filtered": [],
            ])
    }

    private static func upgraded(tokenizer: JSONValue) -> JSONValue {
        filled(
            tokenizer,
            [
                "sha256": nil, "bytes_per_token": nil, "bytes_per_token_interval": nil, "policy": nil,
                "replaced_sequences": nil, "sample": nil,
            ])
    }

    /// Options by source, if the file has one set for all sources.
    private static func upgraded(options: JSONValue, sources: JSONValue?) -> JSONValue {
        guard case .object(let members) = options else { return options }
        let normalization = options["normalization"] ?? "none"
        let settings = members.filter { $0.key != "normalization" && $0.value != .null }
        let isShared = settings.allSatisfy { member in
            guard case .string(let text) = member.value else { return false }
            return member.key == "quality_map" || !text.contains(", ")
        }
        guard isShared, options["format"] != nil, case .array(let rows)? = sources else {
            return .object(["normalization": normalization, "sources": .object([JSONMember]())])
        }
        let known = settings.filter { member in ShardSettings.fields.contains { $0.key == member.key } }
        return .object([
            "normalization": normalization,
            "sources": .object(
                rows.compactMap { row in
                    guard case .string(let name)? = row["name"] else { return nil }
                    return JSONMember(key: name, value: [.object(known)])
                }),
        ])
    }

    /// An object with the members that it lacks.
    private static func filled(_ object: JSONValue, _ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        guard case .object(let present) = object else { return object }
        return .object(
            present
                + members.filter { object[$0.key] == nil }.map { JSONMember(key: $0.key, value: $0.value) })
    }
}

/// The lists that version 1 has in the place of numbers, one value for each tokenizer.
private struct TokenizerLists {
    private let names: [String]

    private static let keys: Set = [
        "tokens", "unique_tokens", "repeated_tokens", "exclusive_tokens", "owned_unique_tokens", "hidden_epochs",
        "quality", "weighted_unique_tokens", "occurrence_tokens",
    ]

    init(_ further: [JSONValue]) {
        names = Audit.distinctNames(
            further.map { if case .string(let name)? = $0["name"] { name } else { "" } })
    }

    /// A value with the first number of each list in its place, and the others in `further_tokens` next to them.
    func parted(_ value: JSONValue) -> JSONValue {
        guard !names.isEmpty else { return value }
        switch value {
        case .array(let elements): return .array(elements.map(parted))
        case .object(let members):
            var row: [JSONMember] = []
            var further = [[JSONMember]](repeating: [], count: names.count)
            for member in members {
                guard Self.keys.contains(member.key), case .array(let cells) = member.value,
                    cells.count == 1 + names.count
                else {
                    row.append(JSONMember(key: member.key, value: parted(member.value)))
                    continue
                }
                row.append(JSONMember(key: member.key, value: cells[0]))
                for index in names.indices {
                    further[index].append(JSONMember(key: member.key, value: cells[1 + index]))
                }
            }
            guard further.contains(where: { !$0.isEmpty }) else { return .object(row) }
            let columns = zip(names, further).map { JSONMember(key: $0, value: .object($1)) }
            return .object(row + [JSONMember(key: "further_tokens", value: .object(columns))])
        default: return value
        }
    }
}

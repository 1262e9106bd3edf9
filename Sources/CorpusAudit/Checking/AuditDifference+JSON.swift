public import OrderedJSON

extension AuditDifference {
    /// The difference as the content of a file, keys in the documented order.
    public var json: JSONValue {
        .object([
            "format": "datawall-audit-diff",
            "version": 1,
            "same": .bool(isEmpty),
            "settings": .object(
                settings.map { setting in
                    JSONMember(
                        key: setting.name,
                        value: .object([
                            "before": setting.before.map { .string($0) } ?? .null,
                            "after": setting.after.map { .string($0) } ?? .null,
                        ]))
                }),
            "totals": .object(totals.map(\.member) + [Self.epochs(hiddenEpochs.before, hiddenEpochs.after)]),
            "sources": .array(
                sources.map { source in
                    let epochs = Self.epochs(source.before?.hiddenEpochs, source.after?.hiddenEpochs)
                    return .object(
                        [
                            JSONMember(key: "name", value: .string(source.name)),
                            JSONMember(
                                key: "change",
                                value: .string(
                                    source.before == nil
                                        ? "added"
                                        : source.after == nil
                                            ? "removed" : source.before == source.after ? "same" : "changed")),
                        ] + source.counts.map(\.member) + [epochs])
                }),
            "problem_counts": .object(problems.map(\.member)),
            "skipped": .object(skipped.map(\.member)),
            "inputs": .array(
                inputs.map { .object(["shard": .string($0.shard), "change": .string($0.change.rawValue)]) }),
        ])
    }

    private static func epochs(_ before: Double?, _ after: Double?) -> JSONMember {
        JSONMember(
            key: "hidden_epochs",
            value: .object([
                "before": before.map { .number($0) } ?? .null, "after": after.map { .number($0) } ?? .null,
            ]))
    }
}

extension AuditDifference.Count {
    fileprivate var member: JSONMember {
        JSONMember(key: name, value: .object(["before": .integer(before), "after": .integer(after)]))
    }
}

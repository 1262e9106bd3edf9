import OrderedJSON

/// What a manifest says of sources, as it travels with the runs of a scan.
extension [SourceDeclaration] {
    /// XXH3-128 of the list on one line.
    var digest: String {
        Array<UInt8>(json.compactText.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }

    var json: JSONValue {
        func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
        return .array(
            map { source in
                .object([
                    "name": .string(source.name), "quality": .number(source.quality),
                    "max_epochs": optional(source.maximumEpochs), "floor": optional(source.floor),
                ])
            })
    }

    init?(_ json: JSONValue?) {
        guard case .array(let rows)? = json else { return nil }
        self = []
        func optional(_ json: JSONValue?) -> Double?? {
            switch json {
            case .number(let number)?: .some(number)
            case .integer(let number)?: .some(Double(number))
            case .null?: .some(nil)
            default: .none
            }
        }
        for row in rows {
            guard case .string(let name)? = row["name"], let quality = optional(row["quality"]) ?? nil,
                let cap = optional(row["max_epochs"]), let floor = optional(row["floor"])
            else { return nil }
            append(SourceDeclaration(name: name, quality: quality, maximumEpochs: cap, floor: floor))
        }
    }

    /// How another manifest's list differed, each entry with its old value first.
    func changes(from old: [SourceDeclaration]) -> [String] {
        func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "none" }
        var changes: [String] = []
        for before in old {
            guard let now = first(where: { ByteName($0.name) == ByteName(before.name) }) else {
                changes.append("the source \(before.name) is gone")
                continue
            }
            let name = now.name
            for (what, before, now) in [
                ("quality", text(before.quality), text(now.quality)),
                ("max_epochs", text(before.maximumEpochs), text(now.maximumEpochs)),
                ("floor", text(before.floor), text(now.floor)),
            ] where before != now {
                changes.append("\(what) of \(name): \(before) → \(now)")
            }
        }
        let known = Set(old.map { ByteName($0.name) })
        for source in self where !known.contains(ByteName(source.name)) {
            changes.append("the source \(source.name) is new")
        }
        let names = (old.map { ByteName($0.name) }, map { ByteName($0.name) })
        if changes.isEmpty, names.0 != names.1 {
            func list(_ names: [ByteName]) -> String { names.map(\.text).joined(separator: ", ") }
            changes.append("order of sources: \(list(names.0)) → \(list(names.1))")
        }
        return changes
    }
}

/// The place of the attributes of a shard's documents.
///
/// In Dolma's layout, `attributes/NAME/web/a.jsonl.gz` describes `documents/web/a.jsonl.gz` record by record.
struct AttributePlace: Equatable {
    /// The name of the attributes.
    let name: String
    /// The file, as it is opened and as the audit lists it.
    let location: String
    let path: String

    /// Finds the attributes that fields of a shard name.
    ///
    /// The result is `nil` if no field names one, or if there is no folder `attributes` next to the shard's
    /// `documents`: then `attributes` is a field of the records themselves.
    init?(_ shard: Shard) {
        guard let name = shard.fields.attributeName, shard.command == nil,
            let location = Self.file(
                of: shard.location, name, isThere: { (try? FileStatus(path: $0))?.kind == .folder })
        else { return nil }
        self.name = name
        self.location = location
        path = Self.file(of: shard.path, name, isThere: { _ in true }) ?? location
    }

    /// The path of the attributes next to the last `documents` of a path that has a folder `attributes` next to it.
    private static func file(of path: String, _ name: String, isThere: (String) -> Bool) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for index in parts.indices.reversed() where parts[index] == "documents" && index < parts.count - 1 {
            let folder = parts[..<index].joined(separator: "/") + (index == 0 ? "" : "/") + "attributes"
            if isThere(folder) { return "\(folder)/\(name)/\(parts[(index + 1)...].joined(separator: "/"))" }
        }
        return nil
    }
}

extension FieldPath {
    /// The name of the attributes that the path leads into, if it does: `attributes.NAME.key`.
    var attributeName: String? { keys.count >= 3 && keys[0] == "attributes" && !hasLists ? keys[1] : nil }
}

extension FieldSelection {
    /// The name of the attributes that the quality or the condition uses.
    var attributeName: String? { attributeNames.first }

    /// All such names; only one is allowed.
    var attributeNames: [String] {
        var names: [String] = []
        for name in ([quality].compactMap(\.self) + (condition?.fields ?? [])).compactMap(\.attributeName)
        where !names.contains(name) {
            names.append(name)
        }
        return names
    }
}

extension Shard {
    /// The file that is read with the shard: its attributes, or the index of token ids.
    var companionLocation: String { AttributePlace(self)?.location ?? FormatSelection.index(of: location) }
}

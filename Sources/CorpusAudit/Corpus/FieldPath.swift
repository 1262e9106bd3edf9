/// The way to a field of a record: `text`, or `metadata.quality` for a field of a nested object.
///
/// A dot separates keys; `\.` stands for a dot inside a key and `\\` for a backslash.
public struct FieldPath: Sendable, Hashable {
    /// The keys from the record down; at least one.
    public let keys: [String]

    /// Reads a dotted path.
    ///
    /// - Parameter text: The path as written on the command line or in a manifest.
    /// - Throws: ``CorpusError/unusableFieldPath(_:)`` for an empty path or an empty key.
    public init(_ text: String) throws(CorpusError) {
        var keys = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                keys[keys.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "." {
                keys.append("")
            } else {
                keys[keys.count - 1].append(character)
            }
        }
        guard !isEscaped, !keys.contains("") else { throw .unusableFieldPath(text) }
        self.keys = keys
    }

    /// The path to a field at the top of a record, whatever its name.
    init(key: String) { keys = [key] }

    /// The field `text` at the top of a record.
    public static let text = FieldPath(key: "text")
}

extension FieldPath: CustomStringConvertible {
    /// The path as ``init(_:)`` reads it.
    public var description: String {
        keys.map { key in
            var escaped = ""
            for character in key {
                if character == "." || character == "\\" { escaped.append("\\") }
                escaped.append(character)
            }
            return escaped
        }.joined(separator: ".")
    }
}

/// The path to a field of a record: `text`, or `metadata.quality` for a field of a nested object.
///
/// A dot separates keys; `\.` represents a dot inside a key, and `\\` a backslash. `[]` after a key enters a list:
/// `messages[].content` is the field `content` of each object in the list `messages`; `\[]` is part of the key, not a
/// list.
public struct FieldPath: Sendable, Hashable {
    /// The keys from the record down; at least one.
    public let keys: [String]

    /// For each key, whether it has a list whose elements the path continues in.
    public let entersList: [Bool]

    /// Whether the path enters a list, so that it leads to any number of values.
    public var hasLists: Bool { entersList.contains(true) }

    /// Reads a dotted path.
    ///
    /// - Parameter text: The path as written on the command line or in a manifest.
    /// - Throws: ``CorpusError/unusableFieldPath(_:)`` for an empty path or an empty key.
    public init(_ text: String) throws(CorpusError) {
        var keys = [""]
        var lists = [false]
        var isEscaped = false
        var rest = text[...]
        while let character = rest.first {
            if !isEscaped, rest.hasPrefix("[]") {
                // Only a dot or the end may follow, so lists of lists are not allowed.
                rest = rest.dropFirst(2)
                guard rest.isEmpty || rest.hasPrefix(".") else { throw .unusableFieldPath(text) }
                lists[lists.count - 1] = true
                continue
            }
            rest = rest.dropFirst()
            if isEscaped {
                keys[keys.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "." {
                keys.append("")
                lists.append(false)
            } else {
                keys[keys.count - 1].append(character)
            }
        }
        guard !isEscaped, !keys.contains("") else { throw .unusableFieldPath(text) }
        self.keys = keys
        entersList = lists
    }

    /// The path of some keys.
    init(keys: [String]) {
        self.keys = keys
        entersList = keys.map { _ in false }
    }

    /// The path to a field at the top of a record, whatever its name.
    init(key: String) {
        keys = [key]
        entersList = [false]
    }

    /// The field `text` at the top of a record.
    public static let text = FieldPath(key: "text")
}

extension FieldPath: CustomStringConvertible {
    /// The path as ``init(_:)`` reads it.
    public var description: String {
        zip(keys, entersList).map { key, entersList in
            var escaped = ""
            for character in key {
                if character == "." || character == "\\" || character == "[" { escaped.append("\\") }
                escaped.append(character)
            }
            return escaped + (entersList ? "[]" : "")
        }.joined(separator: ".")
    }
}

/// A shell pattern over paths: `*` and `?` inside a name, `[a-z]` sets, `**` for any number of folders; a backslash
/// takes the next character as it is.
struct PathPattern {
    private let components: [String]

    /// Whether a path holds pattern characters at all.
    static func isPattern(_ path: String) -> Bool {
        path.utf8.contains { [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), 0x5C].contains($0) }
    }

    /// A component without its backslashes: the name that it represents if it is not a pattern.
    static func literal(_ component: String) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in component.utf8 {
            isEscaped = byte == 0x5C && !isEscaped
            if !isEscaped { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    init(_ pattern: String) {
        components = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    /// Whether the pattern has no component at all.
    var isEmpty: Bool { components.isEmpty }

    func matches(_ path: String) -> Bool {
        Self.matches(components[...], path.split(separator: "/", omittingEmptySubsequences: true)[...])
    }

    private static func matches(_ pattern: ArraySlice<String>, _ path: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "**" {
            // Any number of folders: tries none, then one more.
            let rest = pattern.dropFirst()
            return path.indices.contains { matches(rest, path[$0...]) } || matches(rest, path[path.endIndex...])
        }
        guard let name = path.first, matches(Array(first.utf8)[...], Array(name.utf8)[...]) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern
        var name = name
        // The place to go back to: just after the last star, and the first byte that the star has not matched yet.
        var afterStar: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while true {
            if let first = pattern.first, first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                afterStar = (pattern, name)
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            if let byte = name.first, let length = length(ofStepMatching: byte, in: pattern) {
                pattern = pattern.dropFirst(length)
                name = name.dropFirst()
                continue
            }
            guard let back = afterStar, !back.name.isEmpty else { return false }
            pattern = back.pattern
            name = back.name.dropFirst()
            afterStar = (pattern, name)
        }
    }

    /// The length of the pattern's part that matches one byte, or `nil` if none does.
    private static func length(ofStepMatching byte: UInt8, in pattern: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first else { return nil }
        if first == UInt8(ascii: "?") { return 1 }
        if first == 0x5C, let next = pattern.dropFirst().first { return next == byte ? 2 : nil }
        guard first == UInt8(ascii: "["), let close = pattern.dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else {
            return first == byte ? 1 : nil
        }
        var set = pattern[(pattern.startIndex + 1)..<close]
        let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
        if isNegated { set = set.dropFirst() }
        var isIn = false
        while let low = set.popFirst() {
            if set.count >= 2, set.first == UInt8(ascii: "-") {
                let high = set[set.startIndex + 1]
                set = set.dropFirst(2)
                if low <= byte, byte <= high { isIn = true }
            } else if low == byte {
                isIn = true
            }
        }
        return isIn != isNegated ? close - pattern.startIndex + 1 : nil
    }
}

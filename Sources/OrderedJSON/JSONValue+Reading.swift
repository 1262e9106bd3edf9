extension JSONValue {
    /// Reads one JSON value, strictly: RFC 8259, no repeated key, nothing after the value, at most 512 levels.
    ///
    /// - Parameter bytes: The text in UTF-8; a byte order mark is skipped.
    /// - Throws: ``JSONError`` with line and column of the first byte that does not fit.
    /// - Complexity: O(*n*) in the bytes.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = Parser(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        self = try parser.document()
    }
}

private struct Parser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try self.value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw error("text after the end of the value") }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ reason: String, at place: Int? = nil) -> JSONError {
        let place = min(place ?? position, bytes.count)
        let before = bytes[..<place]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return JSONError(reason: reason, line: line, column: place - lineStart + 1)
    }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < 512 else { throw error("more than 512 levels of nesting") }
        skipWhitespace()
        guard let byte = current else { throw error("the text ends before a value") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("'\(Character(Unicode.Scalar(byte)))' in place of a value")
        }
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw error("a word that is not \(word)") }
        position += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var members: [JSONMember] = []
        var keys = Keys()
        skipWhitespace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            skipWhitespace()
            let keyPlace = position
            guard current == UInt8(ascii: "\"") else { throw error("a key in quotes is missing") }
            let key = try string()
            guard keys.insert(key, after: members) else {
                throw error("the key \"\(key)\" occurs twice", at: keyPlace)
            }
            skipWhitespace()
            guard current == UInt8(ascii: ":") else { throw error("a colon is missing after \"\(key)\"") }
            position += 1
            members.append(JSONMember(key: key, value: try value(depth: depth + 1)))
            skipWhitespace()
            if current == UInt8(ascii: ",") {
                position += 1
            } else if current == UInt8(ascii: "}") {
                position += 1
                return .object(members)
            } else {
                throw error("a comma or } is missing")
            }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipWhitespace()
            if current == UInt8(ascii: ",") {
                position += 1
            } else if current == UInt8(ascii: "]") {
                position += 1
                return .array(elements)
            } else {
                throw error("a comma or ] is missing")
            }
        }
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isInteger = true
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let firstDigit = position
        guard digits() > 0 else { throw error("a number without digits", at: start) }
        if bytes[firstDigit] == UInt8(ascii: "0"), position - firstDigit > 1 {
            throw error("a number that starts with 0", at: start)
        }
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard digits() > 0 else { throw error("a number without digits after the point", at: start) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw error("a number without digits in its exponent", at: start) }
        }
        if isInteger, position - firstDigit <= 18 {
            let size = bytes[firstDigit..<position].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            return .integer(isNegative ? -size : size)
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .integer(integer) }
        guard let value = Double(text), value.isFinite else { throw error("a number too large to hold", at: start) }
        return .number(value)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        if current == UInt8(ascii: "\"") {
            position += 1
            guard let text = String(validating: bytes[start + 1..<position - 1], as: UTF8.self) else {
                throw error("a string that is not UTF-8", at: start)
            }
            return text
        }
        // The string has escapes, or does not end well.
        var content = Array(bytes[start + 1..<position])
        while true {
            guard let byte = current else { throw error("a string that does not end", at: start) }
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw error("a string that is not UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw error("a control character inside a string", at: position - 1)
            default:
                content.append(byte)
            }
        }
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
        let start = position - 1
        guard let byte = current else { throw error("a string that does not end", at: start) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal(start)
            if (0xD800..<0xDC00).contains(code) {
                guard current == UInt8(ascii: "\\"), position + 1 < bytes.count,
                    bytes[position + 1] == UInt8(ascii: "u")
                else { throw error("half of a surrogate pair", at: start) }
                position += 2
                let low = try hexadecimal(start)
                guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair", at: start) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair", at: start) }
            content.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        default: throw error("an unknown escape", at: start)
        }
    }

    private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u without four hexadecimal digits", at: start)
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}

/// The keys of an object, by their bytes: keys that Unicode merely calls equivalent are two keys.
private struct Keys {
    private var set: Set<[UInt8]> = []

    /// The most keys that are compared with each other; more are kept in a set.
    private static let compared = 24

    /// Whether a key differs from those of all members before it.
    mutating func insert(_ key: String, after members: [JSONMember]) -> Bool {
        guard members.count >= Self.compared else {
            return !members.contains { $0.key.utf8.count == key.utf8.count && $0.key.utf8.elementsEqual(key.utf8) }
        }
        if set.isEmpty { set = Set(members.map { Array($0.key.utf8) }) }
        return set.insert(Array(key.utf8)).inserted
    }
}

/// A JSON value (RFC 8259) that knows where in its file it is.
struct JSONValue {
    /// The kind of a value.
    indirect enum Kind {
        case null
        case bool(Bool)
        case number(Double)
        /// The unescaped bytes, in UTF-8.
        case string([UInt8])
        case array([JSONValue])
        /// In the file's order.
        case object([(name: [UInt8], value: JSONValue)])
    }

    let kind: Kind
    /// The offset of its first byte.
    let offset: Int

    /// The value of a member of an object; the last if there are several, `nil` if there is none or it is null.
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = kind else { return nil }
        let found = members.last { $0.name.elementsEqual(name.utf8) }?.value
        if case .null? = found?.kind { return nil }
        return found
    }

    /// The text of a string.
    var text: String? {
        guard case .string(let bytes) = kind else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes of a string.
    var bytes: [UInt8]? {
        guard case .string(let bytes) = kind else { return nil }
        return bytes
    }

    /// The elements of an array.
    var elements: [JSONValue]? {
        guard case .array(let elements) = kind else { return nil }
        return elements
    }

    /// The members of an object.
    var members: [(name: [UInt8], value: JSONValue)]? {
        guard case .object(let members) = kind else { return nil }
        return members
    }

    /// A whole number from 0 to 2³¹ − 1.
    var index: UInt32? {
        guard case .number(let number) = kind, number >= 0, number < 0x8000_0000, number == number.rounded() else {
            return nil
        }
        return UInt32(number)
    }

    /// A truth value.
    var bool: Bool? {
        guard case .bool(let bool) = kind else { return nil }
        return bool
    }
}

/// Reads a JSON file whole, strictly, and says at which line it is wrong.
struct JSONText {
    private static let deepest = 64

    let bytes: [UInt8]
    let path: String
    private var position = 0

    /// Reads a file's bytes.
    static func read(_ bytes: [UInt8], path: String) throws(TokenCountingError) -> (root: JSONValue, text: JSONText) {
        var text = JSONText(bytes: bytes, path: path)
        let root = try text.value(depth: 0)
        text.skipSpace()
        guard text.position == bytes.count else { throw text.fault("there is more after the JSON value's end") }
        return (root, text)
    }

    private init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// An error at a value, or at the current place.
    func fault(_ reason: String, at value: JSONValue? = nil) -> TokenCountingError {
        let offset = min(value?.offset ?? position, bytes.count)
        let line = bytes[..<offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        return .unusableVocabulary(path: path, line: line, reason: reason)
    }

    /// A number as Rust's serde_json reads it: its digits as a whole number, rounded, times or over a power of ten.
    ///
    /// That may be off by one place from the nearest; scores are compared, so the same place is needed.
    func reference(_ value: JSONValue) -> Double {
        var offset = value.offset
        var significand: UInt64 = 0
        var exponent = 0
        var isFraction = false
        let isNegative = bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        while offset < bytes.count {
            let digit = bytes[offset] &- 0x30
            if digit < 10 {
                let (product, overflows) = significand.multipliedReportingOverflow(by: 10)
                let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
                if overflows || carries {
                    if !isFraction { exponent += 1 }
                } else {
                    significand = sum
                    if isFraction { exponent -= 1 }
                }
            } else if bytes[offset] == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else {
                break
            }
            offset += 1
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            var end = offset + 1
            while end < bytes.count, bytes[end] == 0x2B || bytes[end] == 0x2D || bytes[end] &- 0x30 < 10 { end += 1 }
            exponent += Int(String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)) ?? 0
        }
        var number = Double(significand)
        let power = Double("1e\(min(abs(exponent), 308))") ?? 1
        if exponent < -308 { return 0 }
        number = exponent < 0 ? number / power : number * power
        return isNegative ? -number : number
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func value(depth: Int) throws(TokenCountingError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw fault("the JSON ends too soon: the file may be cut off") }
        guard depth < Self.deepest else { throw fault("the JSON is nested more than \(Self.deepest) deep") }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "{"):
            position += 1
            var members: [(name: [UInt8], value: JSONValue)] = []
            if try closes(UInt8(ascii: "}")) { return JSONValue(kind: .object([]), offset: start) }
            repeat {
                skipSpace()
                guard position < bytes.count else { throw fault("the JSON ends too soon: the file may be cut off") }
                guard bytes[position] == 0x22 else { throw fault("a name in quotes is wanted in a JSON object") }
                let name = try string()
                skipSpace()
                guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
                    throw fault("a colon is wanted after a name in a JSON object")
                }
                position += 1
                members.append((name, try value(depth: depth + 1)))
            } while try goesOn(UInt8(ascii: "}"))
            return JSONValue(kind: .object(members), offset: start)
        case UInt8(ascii: "["):
            position += 1
            var elements: [JSONValue] = []
            if try closes(UInt8(ascii: "]")) { return JSONValue(kind: .array([]), offset: start) }
            repeat { elements.append(try value(depth: depth + 1)) } while try goesOn(UInt8(ascii: "]"))
            return JSONValue(kind: .array(elements), offset: start)
        case 0x22:
            return JSONValue(kind: .string(try string()), offset: start)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func closes(_ bracket: UInt8) throws(TokenCountingError) -> Bool {
        skipSpace()
        guard position < bytes.count else { throw fault("the JSON ends too soon: the file may be cut off") }
        guard bytes[position] == bracket else { return false }
        position += 1
        return true
    }

    private mutating func goesOn(_ bracket: UInt8) throws(TokenCountingError) -> Bool {
        if try closes(bracket) { return false }
        guard bytes[position] == UInt8(ascii: ",") else { throw fault("a comma or a bracket is wanted here") }
        position += 1
        return true
    }

    private mutating func word(_ word: String, _ kind: JSONValue.Kind) throws(TokenCountingError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw fault("this is no JSON value") }
        position += word.utf8.count
        return JSONValue(kind: kind, offset: position - word.utf8.count)
    }

    private mutating func number() throws(TokenCountingError) -> JSONValue {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                position += 1
                continue
            default: break
            }
            break
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            position = start
            throw fault("this is no JSON value")
        }
        return JSONValue(kind: .number(number), offset: start)
    }

    private mutating func string() throws(TokenCountingError) -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C, bytes[position] >= 0x20 {
                position += 1
            }
            text.append(contentsOf: bytes[start..<position])
            guard position < bytes.count else { throw fault("a string does not end: the file may be cut off") }
            if bytes[position] == 0x22 {
                position += 1
                return text
            }
            guard bytes[position] == 0x5C else { throw fault("a string contains a control character") }
            position += 1
            guard position < bytes.count else { throw fault("a string does not end: the file may be cut off") }
            let escape = bytes[position]
            position += 1
            switch escape {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case 0x22, 0x5C, UInt8(ascii: "/"): text.append(escape)
            case UInt8(ascii: "u"):
                var code = try hexadecimal()
                if code & 0xFC00 == 0xD800, bytes[position...].starts(with: [0x5C, UInt8(ascii: "u")]) {
                    position += 2
                    let low = try hexadecimal()
                    guard low & 0xFC00 == 0xDC00 else { throw fault("a string contains half of a surrogate pair") }
                    code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
                }
                guard let scalar = Unicode.Scalar(code) else {
                    throw fault("a string contains half of a surrogate pair")
                }
                text.append(contentsOf: Array(String(Character(scalar)).utf8))
            default: throw fault("an escape in a string is none of JSON's")
            }
        }
    }

    private mutating func hexadecimal() throws(TokenCountingError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault("a string does not end: the file may be cut off") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw fault("four hexadecimal digits are wanted after \\u")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}

extension JSONValue {
    /// The value as a file people can read: two spaces a level, short arrays and objects on one line, a final newline.
    ///
    /// Doubles are written with the fewest digits that read back as the same number, and always as doubles
    /// (`1.0`, never `1`); integers exactly. A double that is not finite is written as `null`.
    ///
    /// - Parameter width: Columns up to which an array or object stays on one line.
    /// - Returns: The text of the file.
    /// - Complexity: O(*n*·*d*) in the bytes written and the depth.
    public func fileText(width: Int = 120) -> String {
        var text = ""
        write(into: &text, indent: 0, column: 0, width: width)
        text += "\n"
        return text
    }

    /// The value on one line, with a space after each comma and colon.
    public var compactText: String {
        var text = ""
        writeCompact(into: &text)
        return text
    }

    private func write(into text: inout String, indent: Int, column: Int, width: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            if fits(from: column, width: width) { return writeCompact(into: &text) }
            text += "[\n"
            for (index, element) in elements.enumerated() {
                text += String(repeating: " ", count: indent + 2)
                element.write(into: &text, indent: indent + 2, column: indent + 2, width: width)
                text += index == elements.count - 1 ? "\n" : ",\n"
            }
            text += String(repeating: " ", count: indent) + "]"
        case .object(let members) where !members.isEmpty:
            if fits(from: column, width: width) { return writeCompact(into: &text) }
            text += "{\n"
            for (index, member) in members.enumerated() {
                text += String(repeating: " ", count: indent + 2)
                Self.writeString(member.key, into: &text)
                text += ": "
                member.value.write(
                    into: &text,
                    indent: indent + 2,
                    column: indent + 4 + member.key.utf8.count + 2,
                    width: width
                )
                text += index == members.count - 1 ? "\n" : ",\n"
            }
            text += String(repeating: " ", count: indent) + "}"
        default:
            writeCompact(into: &text)
        }
    }

    /// Whether the compact form ends before `width`; gives up as soon as it does not.
    private func fits(from column: Int, width: Int) -> Bool {
        var room = width - column
        return takes(&room)
    }

    private func takes(_ room: inout Int) -> Bool {
        switch self {
        case .null, .bool: room -= 5
        case .integer(let value): room -= value.description.utf8.count
        case .number(let value): room -= value.description.utf8.count
        case .string(let value): room -= value.utf8.count + 2
        case .array(let elements):
            room -= 2
            for element in elements {
                room -= 2
                guard room >= 0, element.takes(&room) else { return false }
            }
        case .object(let members):
            room -= 2
            for member in members {
                room -= member.key.utf8.count + 6
                guard room >= 0, member.value.takes(&room) else { return false }
            }
        }
        return room >= 0
    }

    private func writeCompact(into text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += value.description
        case .number(let value):
            // JSON has no infinity or NaN; the value of such a question is not known.
            text += value.isFinite ? value.description : "null"
        case .string(let value): Self.writeString(value, into: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                element.writeCompact(into: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += ", " }
                Self.writeString(member.key, into: &text)
                text += ": "
                member.value.writeCompact(into: &text)
            }
            text += "}"
        }
    }

    /// Escapes the characters that JSON requires, and also U+2028, U+2029 and `<`, so that a file can be embedded in a
    /// page.
    private static func writeString(_ value: String, into text: inout String) {
        text += "\""
        defer { text += "\"" }
        let isPlain = value.utf8.allSatisfy { byte in
            (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
                && byte != UInt8(ascii: "<")
        }
        if isPlain {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{00}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}", "<":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

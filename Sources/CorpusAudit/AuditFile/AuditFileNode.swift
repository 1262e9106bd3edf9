import OrderedJSON
import TokenCounting

/// A place in the file, with the way to it for messages.
struct AuditFileNode {
    private let value: JSONValue
    private let path: String
    /// Which of several tokenizers is read, where there are several.
    private let column: Int
    private let columns: Int

    init(_ value: JSONValue, path: String, column: Int = 0, of columns: Int = 1) {
        self.value = value
        self.path = path
        self.column = column
        self.columns = columns
    }

    func has(_ key: String) -> Bool { value[key] != nil }

    /// What stands at a key for the tokenizer that is read.
    private func cell(_ key: String) throws(AuditFileError) -> AuditFileNode {
        guard columns > 1 else { return self }
        guard case .array(let cells)? = value[key], cells.count == columns else {
            throw wrong(key, "a list of \(columns) values, one a tokenizer", value[key])
        }
        return AuditFileNode(.object([JSONMember(key: key, value: cells[column])]), path: path)
    }

    /// A count that depends on the tokenizer.
    func tokens(_ key: String) throws(AuditFileError) -> Int { try cell(key).integer(key) }

    /// A number that depends on the tokenizer.
    func tokenNumber(_ key: String) throws(AuditFileError) -> Double { try cell(key).number(key) }

    private func way(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func wrong(_ key: String, _ wanted: String, _ found: JSONValue?) -> AuditFileError {
        .unusable(key: way(key), reason: found.map { "is \($0.kindInWords), not \(wanted)" } ?? "is missing")
    }

    func node(_ key: String) throws(AuditFileError) -> AuditFileNode {
        guard case .object? = value[key] else { throw wrong(key, "an object", value[key]) }
        return AuditFileNode(value[key] ?? .null, path: way(key), column: column, of: columns)
    }

    func optionalNode(_ key: String) throws(AuditFileError) -> AuditFileNode? {
        value[key] == .null || value[key] == nil ? nil : try node(key)
    }

    func members(_ key: String) throws(AuditFileError) -> [(String, JSONValue)] {
        guard case .object(let members)? = value[key] else { throw wrong(key, "an object", value[key]) }
        return members.map { ($0.key, $0.value) }
    }

    func list(_ key: String) throws(AuditFileError) -> [AuditFileNode] {
        guard case .array(let elements)? = value[key] else { throw wrong(key, "an array", value[key]) }
        return elements.enumerated().map {
            AuditFileNode($0.element, path: "\(way(key))[\($0.offset)]", column: column, of: columns)
        }
    }

    func string(_ key: String) throws(AuditFileError) -> String {
        guard case .string(let text)? = value[key] else { throw wrong(key, "a string", value[key]) }
        return text
    }

    func strings(_ key: String) throws(AuditFileError) -> [String] {
        if case .string(let text)? = value[key] { return [text] }
        guard case .array(let elements)? = value[key] else { throw wrong(key, "a string or a list", value[key]) }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(key, "a list of strings", element) }
            texts.append(text)
        }
        return texts
    }

    func bool(_ key: String) throws(AuditFileError) -> Bool {
        guard case .bool(let flag)? = value[key] else { throw wrong(key, "true or false", value[key]) }
        return flag
    }

    /// A count: an integer that is not negative.
    func integer(_ key: String) throws(AuditFileError) -> Int {
        guard case .integer(let number)? = value[key] else { throw wrong(key, "an integer", value[key]) }
        guard number >= 0 else { throw .unusable(key: way(key), reason: "is negative") }
        return number
    }

    func number(_ key: String) throws(AuditFileError) -> Double {
        guard let number = try optionalNumber(key) else { throw wrong(key, "a number", value[key]) }
        return number
    }

    func optionalNumber(_ key: String) throws(AuditFileError) -> Double? {
        switch value[key] {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        case .null, nil: return nil
        case let other: throw wrong(key, "a number", other)
        }
    }

    func optionalInteger(_ key: String) throws(AuditFileError) -> Int? {
        value[key] == .null || value[key] == nil ? nil : try integer(key)
    }

    func optionalString(_ key: String) throws(AuditFileError) -> String? {
        value[key] == .null || value[key] == nil ? nil : try string(key)
    }

    func policy(_ key: String) throws(AuditFileError) -> TokenizationPolicy? {
        guard let value = value[key], value != .null else { return nil }
        guard let policy = try? TokenizationPolicy(strictly: value) else {
            throw .unusable(key: way(key), reason: "is no policy that this datawall knows")
        }
        return policy
    }

    func digest(_ key: String, of list: String) throws(AuditFileError) -> Fingerprint {
        let digest = try string(key)
        guard let fingerprint = Fingerprint(hexadecimal: digest) else {
            throw .unusable(key: list, reason: "have a digest that is not 32 hexadecimal digits: \"\(digest)\"")
        }
        return fingerprint
    }

    func interval(_ key: String) throws(AuditFileError) -> ClosedRange<Double>? {
        guard case .array(let ends)? = value[key] else { return nil }
        let bounds = ends.compactMap { end -> Double? in
            switch end {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        }
        guard bounds.count == 2, ends.count == 2, bounds[0] <= bounds[1] else {
            throw .unusable(key: way(key), reason: "is not a pair of numbers in order")
        }
        return bounds[0]...bounds[1]
    }
}

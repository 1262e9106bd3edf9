import OrderedJSON

/// A place in a plan, mixture or fit file, with the way to it for messages.
struct FilePlace {
    let value: JSONValue
    private let way: String
    private let format: String

    /// The top of a file, after its format and version were found to be known.
    init(_ bytes: [UInt8], format: String, version: Int) throws(ReportFileError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        try self.init(json, format: format, version: version)
    }

    /// The top of a file that has been parsed.
    init(_ json: JSONValue, format: String, version: Int) throws(ReportFileError) {
        guard case .string(let name)? = json["format"] else { throw .otherFormat(nil, expected: "\"\(format)\"") }
        guard name == format else { throw .otherFormat(name, expected: "\"\(format)\"") }
        value = json
        way = ""
        self.format = format
        let found = try count("version")
        guard found <= version else { throw .laterVersion(format, version: found, known: version) }
        guard found >= 1 else { throw .unusable(format: format, key: "version", reason: "is below 1") }
        guard found == version else { throw .earlierVersion(format, version: found, known: version) }
    }

    private init(_ value: JSONValue, way: String, format: String) {
        self.value = value
        self.way = way
        self.format = format
    }

    /// The value of a key, or `nil` where it is missing or `null`.
    private func known(_ key: String) -> JSONValue? {
        guard let found = value[key], found != .null else { return nil }
        return found
    }

    private func path(_ key: String) -> String { way.isEmpty ? key : "\(way).\(key)" }

    private func wrong(_ key: String, _ wanted: String) -> ReportFileError {
        let reason = known(key).map { "is \($0.kindInWords), not \(wanted)" } ?? "is missing"
        return .unusable(format: format, key: path(key), reason: reason)
    }

    /// The object of a key, or `nil` where there is none.
    func optionalPlace(_ key: String) throws(ReportFileError) -> FilePlace? {
        guard let found = known(key) else { return nil }
        guard case .object = found else { throw wrong(key, "an object") }
        return FilePlace(found, way: path(key), format: format)
    }

    /// The object of a key.
    func place(_ key: String) throws(ReportFileError) -> FilePlace {
        guard let place = try optionalPlace(key) else { throw wrong(key, "an object") }
        return place
    }

    /// The members of an object; none where it is missing.
    func members(_ key: String) throws(ReportFileError) -> [(name: String, place: FilePlace)] {
        guard let found = known(key) else { return [] }
        guard case .object(let members) = found else { throw wrong(key, "an object") }
        return members.map { ($0.key, FilePlace($0.value, way: "\(path(key)).\($0.key)", format: format)) }
    }

    /// The elements of an array; none where it is missing.
    func list(_ key: String) throws(ReportFileError) -> [FilePlace] {
        guard let found = known(key) else { return [] }
        guard case .array(let elements) = found else { throw wrong(key, "an array") }
        return elements.enumerated().map { FilePlace($0.element, way: "\(path(key))[\($0.offset)]", format: format) }
    }

    /// The elements of an array, each as what it stands for; none where it is missing.
    func list<Element>(
        _ key: String, of element: (FilePlace) throws(ReportFileError) -> Element
    ) throws(ReportFileError) -> [Element] {
        var elements: [Element] = []
        for place in try list(key) { elements.append(try element(place)) }
        return elements
    }

    /// The record that the object is; keys that a later minor version added are passed over.
    func record<Record: JSONRecord>() throws(ReportFileError) -> Record {
        var laterKeys: [JSONUnknownKey] = []
        do {
            return try Record(value, unknownKeys: &laterKeys)
        } catch {
            throw .unusable(format: format, key: error.path.isEmpty ? way : path(error.path), reason: error.reason)
        }
    }

    func optionalText(_ key: String) throws(ReportFileError) -> String? {
        guard let found = known(key) else { return nil }
        guard case .string(let text) = found else { throw wrong(key, "a string") }
        return text
    }

    func text(_ key: String) throws(ReportFileError) -> String {
        guard let text = try optionalText(key) else { throw wrong(key, "a string") }
        return text
    }

    func texts(_ key: String) throws(ReportFileError) -> [String] {
        guard let found = known(key) else { return [] }
        guard case .array(let elements) = found else { throw wrong(key, "an array of strings") }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(key, "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    func flag(_ key: String, otherwise: Bool) throws(ReportFileError) -> Bool {
        guard let found = known(key) else { return otherwise }
        guard case .bool(let flag) = found else { throw wrong(key, "true or false") }
        return flag
    }

    func count(_ key: String) throws(ReportFileError) -> Int {
        guard case .integer(let count)? = known(key) else { throw wrong(key, "an integer") }
        return count
    }

    func optionalNumber(_ key: String) throws(ReportFileError) -> Double? {
        switch known(key) {
        case .integer(let number)?: return Double(number)
        case .number(let number)?: return number
        case nil: return nil
        default: throw wrong(key, "a number")
        }
    }

    func number(_ key: String) throws(ReportFileError) -> Double {
        guard let number = try optionalNumber(key) else { throw wrong(key, "a number") }
        return number
    }

    /// A quantity such as N or D.
    func positive(_ key: String) throws(ReportFileError) -> Double {
        let number = try number(key)
        guard number > 0 else { throw .unusable(format: format, key: path(key), reason: "is not positive") }
        return number
    }

    /// Two ends in order, either of which may be `null` where the range is open, or `nil` where there is none.
    func range(_ key: String) throws(ReportFileError) -> ClosedRange<Double>? {
        guard let found = known(key) else { return nil }
        guard case .array(let ends) = found, ends.count == 2 else { throw wrong(key, "a pair of numbers") }
        var bounds: [Double] = []
        for (end, open) in zip(ends, [-Double.infinity, .infinity]) {
            switch end {
            case .integer(let number): bounds.append(Double(number))
            case .number(let number): bounds.append(number)
            case .null: bounds.append(open)
            default: throw wrong(key, "a pair of numbers")
            }
        }
        guard bounds[0] <= bounds[1] else {
            throw .unusable(format: format, key: path(key), reason: "is not a pair of numbers in order")
        }
        return bounds[0] == -.infinity && bounds[1] == .infinity ? nil : bounds[0]...bounds[1]
    }
}

/// A type whose values can be written as JSON, with the JSON Schema of these values.
package protocol JSONWritable: Sendable {
    /// The value as it is written.
    var json: JSONValue { get }

    /// The schema of values, as keywords of a JSON Schema: `type` and others.
    static var schema: [JSONMember] { get }
}

/// A type whose values are written as JSON and read back strictly.
package protocol JSONRepresentable: JSONWritable {
    /// Reads a value.
    ///
    /// - Throws: ``JSONPathError`` with the path of the unusable value.
    init(at place: JSONPlace) throws(JSONPathError)
}

/// An error in a value that was read as JSON, and its place.
package struct JSONPathError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path from the top of the file, such as `sources[2].weight`; empty for the file as a whole.
    package let path: String

    /// The error, as a clause whose subject is the value.
    package let reason: String

    /// Creates an error.
    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// The path and the reason.
    package var description: String { path.isEmpty ? "the file \(reason)" : "\(path) \(reason)" }
}

/// A key that no field has.
package struct JSONUnknownKey: Equatable, Sendable {
    /// The path of the key.
    package let path: String

    /// The key.
    package let key: String

    /// The keys that are known in its place, in their order.
    package let known: [String]

    /// The error of a reader that refuses the key.
    package var error: JSONPathError {
        JSONPathError(path: path, reason: "is not known; known here are \(known.joined(separator: ", "))")
    }
}

/// A JSON value with the path to it.
package struct JSONPlace {
    /// Keys that were read and that belong to no field.
    final class Findings {
        var unknownKeys: [JSONUnknownKey] = []
    }

    /// The way to a container.
    ///
    /// Only an error spells it, so reading a large file builds no paths.
    final class Way {
        private let parent: Way?
        private let step: Step

        init(to place: JSONPlace) { (parent, step) = (place.way, place.step) }

        var path: String { step.path(below: parent) }
    }

    /// The last step to a value.
    enum Step {
        case top
        case key(String)
        case index(Int)

        func path(below way: Way?) -> String {
            let parent = way?.path ?? ""
            switch self {
            case .top: return parent
            case .key(let key): return parent.isEmpty ? key : "\(parent).\(key)"
            case .index(let index): return "\(parent)[\(index)]"
            }
        }
    }

    /// The value.
    package let value: JSONValue

    let findings: Findings
    private let way: Way?
    private let step: Step

    init(_ value: JSONValue, _ step: Step = .top, below way: Way? = nil, findings: Findings) {
        self.value = value
        self.step = step
        self.way = way
        self.findings = findings
    }

    /// The path from the top of the file; empty at the top.
    ///
    /// - Complexity: O(*d*) in the depth.
    package var path: String { step.path(below: way) }

    /// The place of a member of an object.
    package func member(_ key: String, _ value: JSONValue) -> JSONPlace {
        JSONPlace(value, .key(key), below: Way(to: self), findings: findings)
    }

    /// The members of an object.
    ///
    /// - Throws: ``JSONPathError`` where the value is no object.
    package func members() throws(JSONPathError) -> [(key: String, place: JSONPlace)] {
        guard case .object(let members) = value else { throw wrongKind("an object") }
        let way = Way(to: self)
        return members.map { ($0.key, JSONPlace($0.value, .key($0.key), below: way, findings: findings)) }
    }

    /// The elements of an array.
    ///
    /// - Throws: ``JSONPathError`` where the value is no array.
    package func elements() throws(JSONPathError) -> [JSONPlace] {
        guard case .array(let elements) = value else { throw wrongKind("an array") }
        let way = Way(to: self)
        return elements.enumerated().map {
            JSONPlace($0.element, .index($0.offset), below: way, findings: findings)
        }
    }

    /// An error about the value.
    package func failure(_ reason: String) -> JSONPathError { JSONPathError(path: path, reason: reason) }

    /// The error for a value of another kind.
    package func wrongKind(_ expected: String) -> JSONPathError {
        failure("must be \(expected), not \(value.kindInWords)")
    }
}

// MARK: Values that JSON has

extension String: JSONRepresentable {
    package var json: JSONValue { .string(self) }
    package static var schema: [JSONMember] { [JSONMember(key: "type", value: "string")] }

    package init(at place: JSONPlace) throws(JSONPathError) {
        guard case .string(let text) = place.value else { throw place.wrongKind("a string") }
        self = text
    }
}

extension Bool: JSONRepresentable {
    package var json: JSONValue { .bool(self) }
    package static var schema: [JSONMember] { [JSONMember(key: "type", value: "boolean")] }

    package init(at place: JSONPlace) throws(JSONPathError) {
        guard case .bool(let flag) = place.value else { throw place.wrongKind("true or false") }
        self = flag
    }
}

extension Int: JSONRepresentable {
    package var json: JSONValue { .integer(self) }
    package static var schema: [JSONMember] { [JSONMember(key: "type", value: "integer")] }

    package init(at place: JSONPlace) throws(JSONPathError) {
        switch place.value {
        case .integer(let count): self = count
        case .number(let number):
            // 36.0 is an integer too, to JSON and to its schemas.
            guard let count = Int(exactly: number) else { throw place.failure("must be an integer, not \(number)") }
            self = count
        default: throw place.wrongKind("an integer")
        }
    }
}

extension Double: JSONRepresentable {
    /// The number; `null` if it is not finite, which JSON cannot express.
    package var json: JSONValue { isFinite ? .number(self) : .null }
    package static var schema: [JSONMember] { [JSONMember(key: "type", value: "number")] }

    package init(at place: JSONPlace) throws(JSONPathError) {
        guard let number = place.value.number else { throw place.wrongKind("a number") }
        self = number
    }
}

extension JSONValue {
    /// The value as a double, if it is a number.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// `null` or a value.
extension Optional: JSONWritable where Wrapped: JSONWritable {
    package var json: JSONValue { self?.json ?? .null }

    package static var schema: [JSONMember] {
        Wrapped.schema.map { keyword in
            switch (keyword.key, keyword.value) {
            case ("type", .string): JSONMember(key: "type", value: .array([keyword.value, "null"]))
            case ("enum", .array(let choices)): JSONMember(key: "enum", value: .array(choices + [.null]))
            default: keyword
            }
        }
    }
}

extension Optional: JSONRepresentable where Wrapped: JSONRepresentable {
    package init(at place: JSONPlace) throws(JSONPathError) {
        self = place.value == .null ? nil : try Wrapped(at: place)
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    package var json: JSONValue { .array(map(\.json)) }

    package static var schema: [JSONMember] {
        [JSONMember(key: "type", value: "array"), JSONMember(key: "items", value: .object(Element.schema))]
    }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
    package init(at place: JSONPlace) throws(JSONPathError) {
        self = []
        for element in try place.elements() { append(try Element(at: element)) }
    }
}

/// A range as the pair of its ends.
extension ClosedRange: JSONWritable, JSONRepresentable where Bound == Double {
    package var json: JSONValue { .array([lowerBound.json, upperBound.json]) }

    package static var schema: [JSONMember] {
        Array<Double>.schema + [JSONMember(key: "minItems", value: 2), JSONMember(key: "maxItems", value: 2)]
    }

    package init(at place: JSONPlace) throws(JSONPathError) {
        guard case .array(let ends) = place.value, ends.count == 2, let low = ends[0].number, let high = ends[1].number
        else { throw place.failure("must be two numbers, the smaller first") }
        guard low <= high else { throw place.failure("has its first number \(low) above its second \(high)") }
        self = low...high
    }
}

/// One of several words.
extension JSONRepresentable where Self: RawRepresentable & CaseIterable, RawValue == String {
    /// The word.
    package var json: JSONValue { .string(rawValue) }

    /// The words there are.
    package static var schema: [JSONMember] {
        [JSONMember(key: "enum", value: .array(allCases.map { .string($0.rawValue) }))]
    }

    /// Reads a word.
    package init(at place: JSONPlace) throws(JSONPathError) {
        let word = try String(at: place)
        guard let value = Self(rawValue: word) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw place.failure("must be one of \(known), not '\(word)'")
        }
        self = value
    }
}

/// A type that is written as a string: its description.
package protocol JSONSpelled: JSONRepresentable, CustomStringConvertible {
    /// The form that the string must have, for errors: `a fingerprint of 32 hexadecimal digits`.
    static var spelling: String { get }

    /// Reads a description; `nil` for anything else.
    init?(spelled text: String)
}

extension JSONSpelled {
    /// The description.
    package var json: JSONValue { .string(description) }
    package static var schema: [JSONMember] { String.schema }

    /// Reads a description.
    package init(at place: JSONPlace) throws(JSONPathError) {
        let text = try String(at: place)
        guard let value = Self(spelled: text) else { throw place.failure("must be \(Self.spelling), not '\(text)'") }
        self = value
    }
}

/// Values by name, in order: an object whose keys are not known beforehand.
public struct JSONDictionary<Value: Sendable>: Sendable, RandomAccessCollection {
    private var entries: [(name: String, value: Value)]

    /// Creates a dictionary.
    public init(_ entries: [(name: String, value: Value)] = []) { self.entries = entries }

    /// Creates a dictionary with one value for each name.
    public init(_ names: [String], _ values: [Value]) { entries = Array(zip(names, values)).map { ($0, $1) } }

    /// 0.
    public var startIndex: Int { entries.startIndex }
    /// How many values there are.
    public var endIndex: Int { entries.endIndex }
    /// The name and the value at a place.
    public subscript(index: Int) -> (name: String, value: Value) { entries[index] }
}

extension JSONDictionary: JSONWritable, JSONRepresentable where Value: JSONRepresentable {
    package var json: JSONValue { .object(entries.map { JSONMember(key: $0.name, value: $0.value.json) }) }

    package static var schema: [JSONMember] {
        [
            JSONMember(key: "type", value: "object"),
            JSONMember(key: "additionalProperties", value: .object(Value.schema)),
        ]
    }

    package init(at place: JSONPlace) throws(JSONPathError) {
        entries = []
        for (key, place) in try place.members() { entries.append((key, try Value(at: place))) }
    }
}

extension JSONDictionary: Equatable where Value: Equatable {
    /// Whether names and values are the same, in the same order.
    public static func == (first: Self, second: Self) -> Bool {
        first.entries.elementsEqual(second.entries) { $0 == $1 }
    }
}

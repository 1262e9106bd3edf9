/// A type that is written as an object, and whose fields are stated once.
///
/// The table of fields drives writing, strict reading and the JSON Schema:
///
/// ```swift
/// struct Share: JSONRecord {
///     var source = ""
///     var weight = 0.0
///     var cap: Double?
///
///     static let blank = Share()
///     static let fields: [JSONField<Share>] = [
///         .init("source", \.source, "The source."),
///         .init("weight", \.weight, "Its share of the tokens.", .share),
///         .init("cap", \.cap, "The most passes allowed.", presence: .readIfPresent),
///     ]
/// }
/// ```
package protocol JSONRecord: JSONWrittenRecord, JSONRepresentable {
    /// A value before its fields are read; fields that a file leaves out keep their value from here.
    static var blank: Self { get }

    /// Checks rules that a table cannot state, after all fields were read (default: none).
    ///
    /// - Throws: ``JSONPathError`` with a path below the place.
    func check(at place: JSONPlace) throws(JSONPathError)
}

/// A type that is written as an object, and whose fields are stated once; it is never read.
package protocol JSONWrittenRecord: JSONWritable {
    /// The fields in the order they are written.
    static var fields: [JSONField<Self>] { get }

    /// Rules between fields, as further keywords of the schema; none by default.
    static var furtherSchema: [JSONMember] { get }
}

/// Whether a field is in every file.
package enum JSONPresence: Sendable {
    /// It is always written, and a file without it is refused. A value that may be missing is `null`.
    case required

    /// It is always written; a file may leave it out.
    case readIfPresent

    /// It is written only if it differs from the blank value; a file may leave it out.
    case writtenIfSet
}

/// A field of a record: its key, its property, its meaning, and when it is present.
package struct JSONField<Record: Sendable>: Sendable {
    /// The key.
    package let key: String

    /// When it is written, and whether a file may leave it out.
    package let presence: JSONPresence

    let schema: [JSONMember]
    /// The value as written, or `nil` if the field is left out.
    let write: @Sendable (Record) -> JSONValue?
    let read: @Sendable (inout Record, JSONPlace) throws(JSONPathError) -> Void
    /// Gives the first record the value that the second one has.
    let take: @Sendable (inout Record, Record) -> Void

    /// Declares a field.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - path: The property of the record that stores the value.
    ///   - summary: The meaning of the field, for the schema: a sentence.
    ///   - rule: Rules that the value must fulfil besides its type.
    ///   - presence: When it is written, and whether a file may leave it out.
    ///   - condition: Where the field is written, if not everywhere; a file may leave it out.
    package init<Value: JSONRepresentable>(
        _ key: String, _ path: any WritableKeyPath<Record, Value> & Sendable, _ summary: String = "",
        _ rule: JSONRule? = nil, presence: JSONPresence = .required,
        writtenWhere condition: (@Sendable (Record) -> Bool)? = nil
    ) where Record: JSONRecord {
        let presence = condition == nil ? presence : .readIfPresent
        self.key = key
        self.presence = presence
        schema = Self.schema(of: Value.self, summary, rule)
        write = { record in
            // A plain nil would be JSON's null.
            if let condition, !condition(record) { return JSONValue?.none }
            let value = record[keyPath: path].json
            return presence == .writtenIfSet && value == Record.blank[keyPath: path].json ? JSONValue?.none : value
        }
        read = { (record, place) throws(JSONPathError) in
            // If a file may leave the field out, null means the same.
            if place.value == .null, presence != .required { return }
            let value = try Value(at: place)
            if let rule, place.value != .null, let reason = rule.violation(place.value) { throw place.failure(reason) }
            record[keyPath: path] = value
        }
        take = { $0[keyPath: path] = $1[keyPath: path] }
    }

    /// Declares a field of a part of the record as one of the record's own.
    ///
    /// - Parameters:
    ///   - field: The field.
    ///   - path: The property of the record that stores the part.
    package init<Part>(_ field: JSONField<Part>, of path: any WritableKeyPath<Record, Part> & Sendable) {
        key = field.key
        presence = field.presence
        schema = field.schema
        write = { field.write($0[keyPath: path]) }
        read = { (record, place) throws(JSONPathError) in try field.read(&record[keyPath: path], place) }
        take = { field.take(&$0[keyPath: path], $1[keyPath: path]) }
    }

    /// Gives a record the value that another one has.
    package func copy(from other: Record, to record: inout Record) { take(&record, other) }

    /// Declares a field that is only written: one that follows from others, or a field of a record that is never read.
    ///
    /// If values of the field's type can be read, a file must have one, but it is not used.
    package init<Value: JSONWritable>(
        written key: String, _ value: @escaping @Sendable (Record) -> Value, _ summary: String = "",
        _ rule: JSONRule? = nil
    ) {
        self.key = key
        presence = .required
        schema = Self.schema(of: Value.self, summary, rule)
        write = { value($0).json }
        read = { (_, place) throws(JSONPathError) in
            if let type = Value.self as? any JSONRepresentable.Type { _ = try type.init(at: place) }
            if let reason = rule?.violation(place.value) { throw place.failure(reason) }
        }
        take = { _, _ in }
    }

    /// Declares a field that is only written, and only if there is a value.
    package init<Value: JSONWritable>(
        writtenIfKnown key: String, _ value: @escaping @Sendable (Record) -> Value?, _ summary: String = ""
    ) {
        self.key = key
        presence = .writtenIfSet
        schema = Self.schema(of: Value.self, summary, nil)
        write = { value($0)?.json }
        read = { _, _ in }
        take = { _, _ in }
    }

    /// States a field whose value is the same in every file, such as the format's name.
    package init(_ key: String, constant: JSONValue, _ summary: String = "") {
        self.key = key
        presence = .required
        schema =
            [JSONMember(key: "const", value: constant)]
            + (summary.isEmpty ? [] : [JSONMember(key: "description", value: .string(summary))])
        write = { _ in constant }
        read = { (_, place) throws(JSONPathError) in
            guard place.value == constant else {
                throw place.failure("must be \(constant.compactText), not \(place.value.compactText)")
            }
        }
        take = { _, _ in }
    }

    private static func schema<Value: JSONWritable>(
        of value: Value.Type, _ summary: String, _ rule: JSONRule?
    ) -> [JSONMember] {
        value.schema + (rule?.schema ?? [])
            + (summary.isEmpty ? [] : [JSONMember(key: "description", value: .string(summary))])
    }
}

/// Rules that the value of a field must fulfil besides its type.
package struct JSONRule: Sendable {
    let schema: [JSONMember]

    /// The reason why a value does not fulfil the rule, or `nil` if it does.
    let violation: @Sendable (JSONValue) -> String?

    /// A number above 0.
    package static let positive = JSONRule(
        schema: [JSONMember(key: "exclusiveMinimum", value: 0)], violation: { number("positive", $0) { $0 > 0 } })

    /// A number of 0 or more.
    package static let notNegative = JSONRule(
        schema: [JSONMember(key: "minimum", value: 0)], violation: { number("0 or more", $0) { $0 >= 0 } })

    /// A count: an integer from 0 to 2⁵³, which other programs that hold numbers as doubles read exactly, too.
    package static let count = JSONRule(
        schema: [JSONMember(key: "minimum", value: 0), JSONMember(key: "maximum", value: .integer(1 << 53))],
        violation: { number("from 0 to 2⁵³", $0) { (0...0x1p53).contains($0) } })

    /// A number from 0 to 1.
    package static let share = JSONRule(
        schema: [JSONMember(key: "minimum", value: 0), JSONMember(key: "maximum", value: 1)],
        violation: { number("from 0 to 1", $0) { (0...1).contains($0) } })

    /// An array or a string that is not empty.
    package static let notEmpty = JSONRule(
        schema: [JSONMember(key: "minItems", value: 1), JSONMember(key: "minLength", value: 1)],
        violation: { $0 == .array([]) || $0 == .string("") ? "must not be empty" : nil })

    /// An array of a number of elements.
    package static func elements(_ count: Int) -> JSONRule {
        JSONRule(
            schema: [
                JSONMember(key: "minItems", value: .integer(count)),
                JSONMember(key: "maxItems", value: .integer(count)),
            ],
            violation: { value in
                guard case .array(let elements) = value, elements.count != count else { return nil }
                return "must have \(count) elements, not \(elements.count)"
            })
    }

    private static func number(_ expected: String, _ value: JSONValue, _ holds: (Double) -> Bool) -> String? {
        guard let number = value.number, !holds(number) else { return nil }
        return "must be \(expected), not \(value.compactText)"
    }
}

// MARK: Derived from the table

extension JSONWrittenRecord {
    package static var furtherSchema: [JSONMember] { [] }

    /// The record as an object, its keys in the order of its fields.
    package var json: JSONValue { object }

    /// The same, for types that make it public under the name `json`.
    package var object: JSONValue {
        .object(
            Self.fields.compactMap { field in
                guard let value = field.write(self) else { return nil }
                return JSONMember(key: field.key, value: value)
            })
    }

    /// The schema of the record: its fields, and which of them are required.
    package static var schema: [JSONMember] {
        let required = fields.filter { $0.presence == .required }.map { JSONValue.string($0.key) }
        var keywords = [
            JSONMember(key: "type", value: "object"),
            JSONMember(
                key: "properties",
                value: .object(fields.map { JSONMember(key: $0.key, value: .object($0.schema)) })),
        ]
        if !required.isEmpty { keywords.append(JSONMember(key: "required", value: .array(required))) }
        return keywords + furtherSchema
    }

    /// The JSON Schema of files that hold such a record.
    ///
    /// - Parameters:
    ///   - format: The format's name and version, such as `datawall-law-1`.
    ///   - title: A title.
    ///   - summary: The purpose of such files: a sentence or two.
    /// - Returns: The schema's file.
    package static func schemaFile(of format: String, title: String, summary: String) -> JSONValue {
        .object(
            [
                JSONMember(key: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
                JSONMember(key: "$id", value: .string(format)), JSONMember(key: "title", value: .string(title)),
                JSONMember(key: "description", value: .string(summary)),
            ] + schema)
    }
}

extension JSONRecord {
    package func check(at place: JSONPlace) throws(JSONPathError) {}

    /// Reads a record.
    ///
    /// Keys that no field has are remembered, for the caller to refuse or to pass over.
    ///
    /// - Throws: ``JSONPathError``, also from ``check(at:)``.
    package init(at place: JSONPlace) throws(JSONPathError) {
        let members = try place.members()
        self = Self.blank
        let fields = Self.fields
        var next = 0
        var read = 0
        for field in fields {
            // Files are written in the order of the fields, so that the first guess is nearly always right.
            let index =
                next < members.count && members[next].key == field.key
                ? next : members.firstIndex { $0.key == field.key }
            if let index {
                try field.read(&self, members[index].place)
                read += 1
                next = index + 1
            } else if field.presence == .required {
                throw place.member(field.key, .null).failure("is missing")
            }
        }
        if read < members.count {
            let known = fields.map(\.key)
            for (key, place) in members where !known.contains(key) {
                place.findings.unknownKeys.append(JSONUnknownKey(path: place.path, key: key, known: known))
            }
        }
        try check(at: place)
    }

    /// Reads a record from the value of a whole file.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - unknownKeys: Gets the keys that no field has, for the caller to name.
    /// - Throws: ``JSONPathError`` with the path of the unusable value.
    package init(_ value: JSONValue, unknownKeys: inout [JSONUnknownKey]) throws(JSONPathError) {
        let findings = JSONPlace.Findings()
        try self.init(at: JSONPlace(value, findings: findings))
        unknownKeys += findings.unknownKeys
    }

    /// Reads a record from the value of a whole file, strictly: a key that no field has is refused.
    ///
    /// - Throws: ``JSONPathError`` with the path of the unusable value.
    package init(strictly value: JSONValue) throws(JSONPathError) {
        var unknownKeys: [JSONUnknownKey] = []
        try self.init(value, unknownKeys: &unknownKeys)
        if let first = unknownKeys.first { throw first.error }
    }
}

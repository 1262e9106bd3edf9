package import OrderedJSON

// JSON of values that occur both in a scan's files and in audits.

extension Fingerprint: JSONSpelled {
    package static var spelling: String { "32 hexadecimal digits" }
    package static var schema: [JSONMember] { String.schema + [JSONMember(key: "pattern", value: "^[0-9a-f]{32}$")] }
    package init?(spelled text: String) { self.init(hexadecimal: text) }
}

extension ProblemKind: JSONSpelled {
    package static var spelling: String { "a kind of problem" }
    package init?(spelled text: String) { self.init(rawValue: text) }
}

extension ProblemKind: CustomStringConvertible {
    /// The kind's name in audit files.
    public var description: String { rawValue }
}

package import OrderedJSON

/// A problem in the input: its kind, its place and its reason.
public struct Problem: Sendable, Hashable {
    /// The shard's path as the audit lists it.
    public var shard: String
    /// The record, counted from 0, or `nil` where the damage belongs to the whole file.
    public var record: Int?
    /// The offset in the shard's decompressed bytes, or `nil` if nothing was read.
    public var byteOffset: Int?
    /// The kind of damage.
    public var kind: ProblemKind
    /// One sentence that says what was found, and what was done with it.
    public var message: String

    /// Creates a problem.
    public init(shard: String, record: Int?, byteOffset: Int?, kind: ProblemKind, message: String) {
        self.shard = shard
        self.record = record
        self.byteOffset = byteOffset
        self.kind = kind
        self.message = message
    }
}

extension Problem: CustomStringConvertible {
    /// The sentence with file, record and offset in front.
    public var description: String {
        var place = shard
        if let record { place += ", record \(record)" }
        if let byteOffset { place += ", byte \(byteOffset)" }
        return "\(place): \(message)"
    }
}

extension Problem: JSONRecord {
    package static let blank = Problem(
        shard: "", record: nil, byteOffset: nil, kind: .unreadableInput, message: "")
    package static let fields: [JSONField<Problem>] = [
        .init("shard", \.shard, "The shard's path."),
        .init("record", \.record, "The record, from 0; null for the whole file.", .count),
        .init("byte_offset", \.byteOffset, "The offset in the decompressed shard.", .count),
        .init("kind", \.kind, "The kind of damage."),
        .init("message", \.message, "One sentence."),
    ]
}

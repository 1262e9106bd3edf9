/// One input file.
public struct Shard: Sendable, Hashable {
    /// The path as it was named, which is how the audit lists it.
    public var path: String
    /// The path to open.
    public var location: String
    /// The source it belongs to, or falls back to where records name their own.
    public var source: String
    /// Which fields of its records are read.
    public var fields: FieldSelection

    /// How it holds its documents.
    public var format: ShardFormat

    /// The listing's entry for it; `nil` for a shard that is in no listing.
    var object: ListedObject?
    /// The command that fetches it; `nil` for a file.
    var command: OpenCommand?

    /// Creates a shard.
    public init(
        path: String, location: String, source: String, fields: FieldSelection, format: ShardFormat = .jsonLines
    ) {
        self.path = path
        self.location = location
        self.source = source
        self.fields = fields
        self.format = format
    }

    /// The size in bytes, as far as it is known before the shard is read; else 0.
    var byteCount: Int { object?.bytes ?? FileIdentity(path: location)?.bytes ?? 0 }

    /// Whether nothing has looked at its first bytes before it is read.
    var isReadUnseen: Bool { object != nil || isStream }
}

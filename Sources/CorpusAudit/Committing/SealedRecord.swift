import OrderedJSON

/// A JSON file of a scan, with the name of its format, and the digest of its content as its last member.
protocol SealedRecord: JSONRecord {
    /// The format's name.
    static var format: String { get }

    /// The digest that the file is sealed with; empty for a record that was not read.
    var seal: String { get set }
}

extension SealedRecord {
    /// A table of fields between those that every such file has.
    static func sealed(
        _ content: [JSONField<Self>], seal: any WritableKeyPath<Self, String> & Sendable
    ) -> [JSONField<Self>] {
        [.init("format", constant: .string(format)), .init("version", constant: .integer(RunCommit.version))] + content
            + [.init("digest", seal, "XXH3-128 of the object without this member, on one line.")]
    }

    /// The text of the file.
    var sealedText: String {
        guard case .object(let members) = json else { return "" }
        return SealedJSON.text(Array(members.dropLast()))
    }

    /// Reads a file.
    ///
    /// - Throws: ``RunError`` for one that is missing, of another format or version, or whose content does not match
    ///   its digest, with the path of the unusable value.
    init(sealedFile path: String) throws(RunError) {
        let value = try SealedJSON.read(path, format: Self.format)
        do throws(JSONPathError) {
            self = try Self(strictly: value)
        } catch { throw .damaged(path: path, reason: "\(error)") }
    }
}

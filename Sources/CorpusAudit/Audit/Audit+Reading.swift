import OrderedJSON

extension Audit {
    /// Reads an audit file of version 2 or 1.
    ///
    /// A key that the format does not have is refused, unless a later datawall wrote the file: then it belongs to a
    /// later minor version, and is ignored.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: ``AuditFileError`` with the key that cannot be used.
    public init(parsing bytes: [UInt8]) throws(AuditFileError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        guard case .string(let format)? = json["format"] else { throw .otherFormat(nil) }
        guard format == Self.formatName else { throw .otherFormat(format) }
        guard case .integer(let version)? = json["version"] else {
            throw .unusable(key: "version", reason: json["version"] == nil ? "is missing" : "must be an integer")
        }
        guard (1...Self.formatVersion).contains(version) else { throw .otherVersion(version) }
        guard version > 1 || json["options"]?["sources"] == nil else {
            throw .unusable(key: "version", reason: "must be 2: the file has options by source, as version 1 has none")
        }
        try Self.checkMagnitudes(json)
        do throws(JSONPathError) {
            var unknownKeys: [JSONUnknownKey] = []
            self = try Audit(version == 1 ? Self.upgradedFromVersion1(json) : json, unknownKeys: &unknownKeys)
            // Version 1 promised that unknown keys may be ignored.
            if version > 1, let key = unknownKeys.first, !DataWallVersion.isEarlier(than: datawallVersion) {
                throw key.error
            }
            if version == 1 { listsSkippedFiles = json["skipped"] != nil }
            try separateTokenizers()
        } catch {
            throw .unusable(key: error.path, reason: error.reason)
        }
    }

    /// Throws if the whole numbers of a file add up to more than 64 bits hold: below that, so do those that anything adds up.
    private static func checkMagnitudes(_ json: JSONValue) throws(AuditFileError) {
        guard case .object(let members) = json else { return }
        var total: UInt128 = 0
        for member in members {
            total += magnitude(member.value)
            guard total <= Int.max else {
                throw .unusable(
                    key: member.key, reason: "has counts that cannot be: the file's add up to more than 2⁶³ − 1")
            }
        }
    }

    private static func magnitude(_ json: JSONValue) -> UInt128 {
        switch json {
        case .integer(let value): UInt128(value.magnitude)
        case .array(let elements): elements.reduce(0) { $0 + magnitude($1) }
        case .object(let members): members.reduce(0) { $0 + magnitude($1.value) }
        case .null, .bool, .number, .string: 0
        }
    }
}

import OrderedJSON

/// The frame of a ``SealedRecord``: its format, its version, and its digest.
enum SealedJSON {
    /// The text of a file: the members with their digest.
    static func text(_ content: [JSONMember]) -> String {
        JSONValue.object(content + [JSONMember(key: "digest", value: .string(digest(content)))]).fileText()
    }

    /// Reads a file of a format and of this version, and checks its digest.
    static func read(_ path: String, format: String) throws(RunError) -> JSONValue {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: content(path))
        } catch let error as RunError {
            throw error
        } catch {
            throw .damaged(path: path, reason: "it is no \(format) file: \(error)")
        }
        guard case .object(let members) = json, json["format"] == .string(format),
            case .integer(let version)? = json["version"]
        else { throw .damaged(path: path, reason: "it is no \(format) file") }
        guard version == RunCommit.version else { throw .otherVersion(path: path, version: version) }
        guard members.last == JSONMember(key: "digest", value: .string(digest(members.dropLast()))) else {
            throw .damaged(path: path, reason: "its digest is not that of its content")
        }
        return json
    }

    /// The version of a file of a format, whatever its content; `nil` for any other file.
    static func version(of format: String, _ path: String) throws(RunError) -> Int? {
        let bytes = try content(path)
        guard let json = try? JSONValue(parsing: bytes), json["format"] == .string(format),
            case .integer(let version)? = json["version"]
        else { return nil }
        return version
    }

    /// The bytes of a small file.
    private static func content(_ path: String) throws(RunError) -> [UInt8] {
        let file = try SystemFile(reading: path)
        let size = file.size
        guard size <= mostBytes else {
            throw .damaged(path: path, reason: "it has \(size) bytes, too many for its kind")
        }
        // Parsed, text takes many times its bytes.
        try MemoryHeadroom.require(16 * size, for: "reading \(path)")
        return try file.read(size, at: 0)
    }

    /// More than a scan of millions of shards writes.
    private static let mostBytes = 4 << 30

    /// XXH3-128 of the content on one line.
    ///
    /// So blanks between a file's tokens do not matter.
    private static func digest(_ members: some Collection<JSONMember>) -> String {
        Array(JSONValue.object(Array(members)).compactText.utf8)
            .withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }
}

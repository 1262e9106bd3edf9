import OrderedJSON

/// JSON files of a scan, which carry the digest of their own content as their last member.
enum SealedJSON {
    /// The text of a file: the object with its digest.
    static func text(_ members: KeyValuePairs<String, JSONValue>) -> String {
        text(members.map { JSONMember(key: $0.key, value: $0.value) })
    }

    /// The text of a file: the members with their digest.
    static func text(_ content: [JSONMember]) -> String {
        JSONValue.object(content + [JSONMember(key: "digest", value: .string(digest(content)))]).fileText()
    }

    /// Reads a file of a format and version, and checks its digest.
    static func read(_ path: String, format: String) throws(RunError) -> JSONValue {
        try readWithSeal(path, format: format).json
    }

    /// Reads such a file, with the digest it carries.
    static func readWithSeal(_ path: String, format: String) throws(RunError) -> (json: JSONValue, seal: String) {
        let bytes = try content(path)
        guard let json = try? JSONValue(parsing: bytes), case .object(var members) = json,
            json["format"] == .string(format), case .integer(let version)? = json["version"]
        else { throw .damaged(path: path, reason: "it is no \(format) file") }
        guard version == RunCommit.version else { throw .otherVersion(path: path, version: version) }
        guard let last = members.popLast(), last.key == "digest", case .string(let seal) = last.value,
            seal == digest(members)
        else {
            throw .damaged(path: path, reason: "its digest is not that of its content")
        }
        return (.object(members), seal)
    }

    /// Whether a file is JSON of a format, whatever its version and digest.
    static func isOf(_ format: String, _ path: String) throws(RunError) -> Bool {
        let bytes = try content(path)
        return (try? JSONValue(parsing: bytes))?["format"] == .string(format)
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
    /// What blanks a file has between its tokens means nothing.
    private static func digest(_ members: [JSONMember]) -> String {
        Array(JSONValue.object(members).compactText.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
    }
}

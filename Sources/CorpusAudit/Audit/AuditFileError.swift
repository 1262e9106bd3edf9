public import OrderedJSON

/// Why a text is not an audit file this library can read.
public enum AuditFileError: Error, Equatable, Sendable {
    /// The text is not JSON.
    case notJSON(JSONError)
    /// The file is of another format.
    case otherFormat(String?)
    /// The file is of a version that this library does not read.
    case otherVersion(Int)
    /// A key is missing, or holds the wrong kind of value; with the way to it.
    case unusable(key: String, reason: String)
}

extension AuditFileError: CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .notJSON(let error):
            "the file is not JSON: \(error)"
        case .otherFormat(let format):
            "this is not an audit file: its format is \(format.map { "\"\($0)\"" } ?? "not named"), not \"datawall-audit\""
        case .otherVersion(let version):
            "the audit file is of version \(version), and this datawall (\(DataWallVersion.current)) reads versions 1 and 2: "
                + "use the datawall that wrote it, or audit again"
        case .unusable(let key, let reason):
            "the audit file cannot be used: \(key) \(reason)"
        }
    }
}

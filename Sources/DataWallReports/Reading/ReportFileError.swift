public import OrderedJSON

/// Why a file that a report shows cannot be read.
public enum ReportFileError: Error, Equatable, Sendable {
    /// The text is not JSON.
    case notJSON(JSONError)

    /// The file has another format, or names none.
    case otherFormat(String?, expected: String)

    /// The file is of a later version than this library reads.
    case laterVersion(String, version: Int, known: Int)

    /// The file is of an earlier version than this library reads.
    case earlierVersion(String, version: Int, known: Int)

    /// A key is missing, or holds the wrong kind of value; with the way to it.
    case unusable(format: String, key: String, reason: String)
}

extension ReportFileError: CustomStringConvertible {
    /// The commands that make files, by format.
    private static let commands = [
        "datawall-plan": "datawall plan", "datawall-mixture": "datawall mix", "datawall-fit": "datawall fit --json",
        "datawall-sweep": "datawall plan --sweep … --json", "datawall-upsampling": "datawall upsample --json",
        "datawall-comparison": "datawall compare --json", "datawall-design": "datawall design --json",
    ]

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .notJSON(let error): "the file is not JSON: \(error)"
        case .otherFormat(let format, let expected):
            "the file's format is \(format.map { "\"\($0)\"" } ?? "not named"), not \(expected)"
        case .laterVersion(let format, let version, let known):
            "the file is a \(format) of version \(version), made by a later datawall; this one reads version \(known): "
                + "use that datawall, or make the file again with this one"
        case .earlierVersion(let format, let version, let known):
            "the file is a \(format) of version \(version), made by an earlier datawall; this one reads version \(known): "
                + "make the file again" + (Self.commands[format].map { " with '\($0)'" } ?? "")
        case .unusable(let format, let key, let reason): "the \(format) file cannot be used: \(key) \(reason)"
        }
    }
}

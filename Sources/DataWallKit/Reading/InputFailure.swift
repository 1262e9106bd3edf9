/// Why a file gives nothing to work with.
public struct InputFailure: Error, CustomStringConvertible, Sendable {
    /// The file as it was named; `-` for standard input.
    public let file: String

    /// The error and, if known, its row and column.
    public let reason: String

    /// Whether the file does not exist or cannot be opened.
    public let isInputMissing: Bool

    /// The error of the reader of the content, if any.
    public let cause: (any Error)?

    init(_ file: String, _ reason: String, isInputMissing: Bool = false) {
        self.file = file
        self.reason = reason
        self.isInputMissing = isInputMissing
        cause = nil
    }

    init(_ file: String, _ cause: any Error) {
        self.file = file
        self.cause = cause
        reason = "\(cause)"
        isInputMissing = false
    }

    /// Runs a body whose errors are about the content of a file.
    static func naming<Result>(_ file: String, _ body: () throws -> Result) throws(InputFailure) -> Result {
        do { return try body() } catch { throw InputFailure(file, error) }
    }

    /// The file and the reason.
    public var description: String { "\(file == "-" ? "standard input" : file): \(reason)" }
}

/// Why a file gives nothing to work with.
public struct InputFailure: Error, CustomStringConvertible, Sendable {
    /// The file as it was named; `-` for standard input.
    public let file: String

    /// What is wrong and, where known, in which row and column.
    public let reason: String

    /// Whether there is no such file, or it cannot be opened.
    public let isInputMissing: Bool

    /// The error of whatever reads the content, where there is one.
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

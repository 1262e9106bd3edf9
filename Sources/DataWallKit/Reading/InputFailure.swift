/// Why a file gives nothing to work with.
public struct InputFailure: Error, CustomStringConvertible, Sendable {
    /// The file as it was named; `-` for standard input.
    public let file: String

    /// What is wrong and, where known, in which row and column.
    public let reason: String

    /// Whether there is no such file, or it cannot be opened.
    public let isInputMissing: Bool

    init(_ file: String, _ reason: String, isInputMissing: Bool = false) {
        self.file = file
        self.reason = reason
        self.isInputMissing = isInputMissing
    }

    /// The file and the reason.
    public var description: String { "\(file == "-" ? "standard input" : file): \(reason)" }
}

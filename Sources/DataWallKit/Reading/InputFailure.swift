/// Why a file gives nothing to work with.
public struct InputFailure: Error, CustomStringConvertible, Sendable {
    /// What is wrong, with the file's name and, where known, row and column.
    public let description: String

    /// Whether there is no such file, or it cannot be opened.
    public let isInputMissing: Bool

    init(_ description: String, isInputMissing: Bool = false) {
        self.description = description
        self.isInputMissing = isInputMissing
    }
}

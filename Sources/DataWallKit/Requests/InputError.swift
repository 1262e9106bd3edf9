/// An error about the content of one input, with the input's name before it.
public struct InputError: Error, Sendable, CustomStringConvertible {
    /// The path of the input; `-` for standard input.
    public let path: String

    /// What is wrong with its content.
    public let error: any Error

    /// The name of the input and what is wrong.
    public var description: String { "\(path == "-" ? "standard input" : path): \(error)" }

    /// Runs a body whose errors are about an input.
    static func naming<Result>(_ path: String, _ body: () throws -> Result) throws(InputError) -> Result {
        do { return try body() } catch { throw InputError(path: path, error: error) }
    }
}

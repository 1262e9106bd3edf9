/// The place where a text stops being valid JSON, and the reason.
public struct JSONError: Error, Equatable, Sendable {
    /// The reason, in words.
    public var reason: String
    /// The line, counted from 1.
    public var line: Int
    /// The column in bytes, counted from 1.
    public var column: Int

    /// Creates an error.
    public init(reason: String, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }
}

extension JSONError: CustomStringConvertible {
    /// The reason with the place.
    public var description: String { "\(reason) at line \(line), column \(column)" }
}

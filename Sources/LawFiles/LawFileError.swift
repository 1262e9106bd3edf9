/// An error in a law file, with its place in the file.
public struct LawFileError: Error, Equatable, Sendable {
    /// The file, as the caller named it.
    public var file: String

    /// The place in the file: a path of keys such as `coefficients.E.min`; empty for the file as a whole.
    public var place: String

    /// The error, and what to do.
    public var reason: String

    /// Whether the file could not be read at all.
    public var isInputMissing: Bool

    /// Creates an error.
    public init(file: String, place: String, reason: String, isInputMissing: Bool = false) {
        self.file = file
        self.place = place
        self.reason = reason
        self.isInputMissing = isInputMissing
    }
}

extension LawFileError: CustomStringConvertible {
    /// File, place and reason.
    public var description: String {
        place.isEmpty ? "\(file): \(reason)" : "\(file), \(place): \(reason)"
    }
}

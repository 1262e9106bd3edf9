/// Why a string of a record is none, and where.
struct StringFault: Error {
    enum Reason: String {
        case control = "a control character inside a string"
        case escape = "an unknown escape"
        case digits = "\\u without four hexadecimal digits"
    }

    let reason: Reason
    /// Bytes from just past the opening quote on.
    let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

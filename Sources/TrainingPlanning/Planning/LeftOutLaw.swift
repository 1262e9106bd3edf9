/// A law that was named for a plan and takes no part in it.
public struct LeftOutLaw: Sendable, Hashable {
    /// The law.
    public var law: String

    /// Why it takes no part, as a clause about such laws.
    public var reason: String
}

extension LeftOutLaw {
    /// A law before its fields are read from a file.
    package static let blank = LeftOutLaw(law: "", reason: "")
}

/// Why a file's bytes cannot be read on.
struct StreamFault: Error {
    let kind: ProblemKind
    let reason: String

    /// Memory ran out.
    static let outOfMemory = StreamFault(kind: .outOfMemory, reason: "there is no memory left to read it")
    /// The work is no longer wanted.
    static let stopped = StreamFault(kind: .stopped, reason: "reading was stopped")
}

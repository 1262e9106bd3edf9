/// Why a record cannot be read, and where in it.
struct RecordFault: Error {
    let kind: ProblemKind
    let offset: Int
    let reason: String

    init(_ kind: ProblemKind, at offset: Int, _ reason: String) {
        self.kind = kind
        self.offset = offset
        self.reason = reason
    }
}

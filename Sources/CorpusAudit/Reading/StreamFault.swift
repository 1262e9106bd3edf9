/// Why a file's bytes cannot be read on.
struct StreamFault: Error {
    let kind: ProblemKind
    let reason: String
}

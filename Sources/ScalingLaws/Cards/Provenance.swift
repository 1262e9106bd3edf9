/// The source of a model's numbers.
public struct Provenance: Sendable, Hashable {
    /// The kinds of origin that numbers can have.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Printed in a paper, or in its authors' code.
        case published

        /// Fitted by this project to public runs, because no published constants could be found.
        case refitHere = "refit here"

        /// The user's own, or still to come from the user's fit.
        case user
    }

    /// The kind of origin, which every output names.
    public var kind: Kind

    /// The source: paper with equation or table, or the data of a fit with its digest.
    public var source: String

    /// How the numbers were obtained from the source, if that needs an explanation.
    public var method: String?

    /// Creates a provenance.
    public init(kind: Kind, source: String, method: String? = nil) {
        self.kind = kind
        self.source = source
        self.method = method
    }
}

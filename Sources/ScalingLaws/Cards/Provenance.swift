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

    /// The coefficients that the user set by hand, such as `RD = 1`; empty if none.
    public var setByHand: [String] = []

    /// The kind of origin with what was set by hand: `published`, or `published, with RD = 1 set by hand`.
    public var words: String {
        setByHand.isEmpty ? kind.rawValue : "\(kind.rawValue), with \(setByHand.joined(separator: ", ")) set by hand"
    }

    /// Creates a provenance.
    public init(kind: Kind, source: String, method: String? = nil) {
        self.kind = kind
        self.source = source
        self.method = method
    }
}

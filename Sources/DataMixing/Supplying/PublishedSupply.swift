import Quantities
import ScalingLaws

/// A public corpus, by the tokens that its makers and others counted.
public struct PublishedSupply: Sendable, Hashable {
    /// The name that options take.
    public var name: String

    /// Further names.
    public var aliases: [String]

    /// The tokens of its files.
    public var tokens: Double

    /// The tokens left without exact copies, where somebody published them.
    public var exactUniqueTokens: Double?

    /// The tokens left without near copies, where somebody published them.
    public var nearUniqueTokens: Double?

    /// How it was deduplicated; empty if unknown.
    public var note: String

    /// The publication of the figures.
    public var source: String

    /// How a count of unique tokens was made.
    public enum Count: String, Sendable, Hashable, CaseIterable {
        /// Without near copies.
        case near

        /// Without exact copies.
        case exact

        /// As the files are: copies count.
        case raw
    }

    /// The strictest count that was published.
    public var count: Count { nearUniqueTokens != nil ? .near : exactUniqueTokens != nil ? .exact : .raw }

    /// The unique tokens that plans use: those of the strictest count.
    public var uniqueTokens: Double { nearUniqueTokens ?? exactUniqueTokens ?? tokens }

    /// The corpus of a name, whose case, hyphens and blanks do not matter.
    ///
    /// - Parameter name: A name or an alias.
    /// - Returns: The corpus.
    /// - Throws: ``MixtureError/law(_:)`` with the nearest names if there is none.
    public static func named(_ name: String) throws(MixtureError) -> PublishedSupply {
        func key(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = key(name)
        if let found = all.first(where: { ([$0.name] + $0.aliases).contains { key($0) == wanted } }) { return found }
        let names = all.map(\.name)
        throw .law(.unknownName(name, kind: "supply", nearest: nearestNames(to: name, among: names), known: names))
    }
}

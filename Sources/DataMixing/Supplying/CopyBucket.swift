package import ScalingLaws

/// Distinct texts that are in the files equally often, or nearly so.
public struct CopyBucket: Sendable, Hashable {
    /// How often each is in the files, weighted by tokens: 1 or more.
    public var copies: Double

    /// Their tokens, each text once.
    public var uniqueTokens: Double

    /// Creates a bucket.
    public init(copies: Double, uniqueTokens: Double) {
        self.copies = copies
        self.uniqueTokens = uniqueTokens
    }

    /// Their tokens as they are in the files.
    public var fileTokens: Double { copies * uniqueTokens }
}

extension [CopyBucket] {
    /// The tokens of all buckets, each text once.
    package var uniqueTokens: Double { reduce(0) { $0 + $1.uniqueTokens } }

    /// The tokens of all buckets as they are in the files.
    package var fileTokens: Double { reduce(0) { $0 + $1.fileTokens } }

    /// The sum of a part of each bucket.
    ///
    /// - Precondition: There is a bucket.
    package func sum(_ part: (CopyBucket) -> Formula) -> Formula {
        dropFirst().reduce(part(self[0])) { $0 + part($1) }
    }

    /// Σ U·ρ(c·p): the worth of p passes over the files, in which a text that occurs c times is seen c·p times.
    ///
    /// - Precondition: There is a bucket.
    package func worth(passes: Formula, _ curve: (Formula) -> Formula) -> Formula {
        Formula.worth(
            of: map { (tokens: .constant($0.uniqueTokens), copies: .constant($0.copies)) }, passes: passes, curve)
    }
}

extension Formula {
    /// Σ U·ρ(c·p) over buckets of tokens U and copies c.
    ///
    /// - Precondition: There is a bucket.
    static func worth(
        of buckets: [(tokens: Formula, copies: Formula)], passes: Formula, _ curve: (Formula) -> Formula
    ) -> Formula {
        let parts = buckets.map { $0.tokens * curve(passes * $0.copies) }
        return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
    }
}

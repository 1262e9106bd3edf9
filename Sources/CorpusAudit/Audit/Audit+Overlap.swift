package import OrderedJSON

extension Audit {
    /// The overlap of two sources.
    public struct Overlap: Sendable, Equatable {
        /// The source that is first in the audit.
        public var first = ""
        /// The other one.
        public var second = ""
        /// Distinct units found in both.
        public var units = 0
        /// Their tokens, each unit once.
        public var tokens = 0

        var further = FurtherTokens<Overlap>()
    }
}

extension Audit.Overlap: TokenRow {
    package static let blank = Self()
    static let tokenFields: [JSONField<Self>] = [
        .init("tokens", \.tokens, "Their tokens, each unit once.", .notNegative)
    ]
    package static let fields: [JSONField<Self>] =
        [
            .init("sources", \.pair, "The two sources.", .elements(2)),
            .init("units", \.units, "Distinct units found in both.", .notNegative),
        ] + tokenFields + [furtherTokens]

    private var pair: [String] {
        get { [first, second] }
        set { (first, second) = (newValue.first ?? "", newValue.last ?? "") }
    }
}

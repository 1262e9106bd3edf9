/// Rewritten or synthetic tokens that can be made from a supply, with their worth and their largest number.
///
/// No number here has a default, because nobody has published one that could be checked: the user gives them.
public struct DerivedSupply: Sendable, Hashable {
    /// The name of the tokens.
    public var name: String

    /// The source that they are made from; `nil` for the whole supply.
    public var source: String?

    /// The fresh real tokens that a derived token is worth when it is read for the first time: 0 to 10.
    public var worth: Double

    /// The most unique derived tokens for each unique token of the source.
    public var multiple: Double

    /// The largest share of the training tokens that may be derived; `nil` for no cap.
    public var mostShare: Double?

    /// The share of the training tokens that is derived, where the user sets it; `nil` lets the planner choose.
    public var fixedShare: Double?

    /// Dollars for making one unique derived token; `nil` if unknown.
    public var price: Double?

    /// The repeats R\* after which more derived tokens are worth a factor e less; `nil` for the law's own curve.
    ///
    /// ρ(r) = 1 + R\*·(1 − exp(−(r − 1)/R\*)) past the first pass.
    public var decay: Double?

    /// The unique derived tokens that can be made; 0 until the description belongs to a supply.
    public internal(set) var uniqueTokens = 0.0

    /// The share of the training tokens that is derived.
    public internal(set) var share = 0.0

    /// The largest share that is searched: some real text always stays.
    public static let largestShare = 0.99

    /// Describes derived tokens.
    public init(
        name: String = "derived", source: String? = nil, worth: Double, multiple: Double, mostShare: Double? = nil,
        fixedShare: Double? = nil, price: Double? = nil, decay: Double? = nil
    ) {
        self.name = name
        self.source = source
        self.worth = worth
        self.multiple = multiple
        self.mostShare = mostShare
        self.fixedShare = fixedShare
        self.price = price
        self.decay = decay
    }

    /// The largest share of the training tokens that plans try.
    public var shareLimit: Double { Swift.min(mostShare ?? 1, Self.largestShare) }

    /// Refuses numbers out of range.
    func check() throws(MixtureError) {
        func refuse(_ value: Double?, _ what: String, _ expected: String, _ holds: (Double) -> Bool)
            throws(MixtureError)
        {
            guard let value, !(value < .infinity && holds(value)) else { return }
            throw .unusableQuantity("the \(what) of derived source '\(name)'", value: value, expected: expected)
        }
        try refuse(worth, "worth", "from 0 (worth nothing) to 10 fresh tokens") { $0 >= 0 && $0 <= 10 }
        try refuse(multiple, "multiple", "above 0 and at most 1e6 tokens for each token of its source") {
            $0 > 0 && $0 <= 1e6
        }
        try refuse(mostShare, "largest share", "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
        try refuse(fixedShare, "share in use", "from 0 to \(Self.largestShare)") { $0 >= 0 && $0 <= Self.largestShare }
        // A dollar per token is a thousand times the price of the most expensive generator.
        try refuse(price, "price", "in dollars for one token, from 0 to 1") { $0 >= 0 && $0 <= 1 }
        try refuse(decay, "repeats", "0 or more and finite") { $0 >= 0 }
        if let fixedShare, let mostShare, fixedShare > mostShare {
            throw .contradiction(
                "derived source '\(name)' is capped at a share of \(mostShare), and \(fixedShare) of the training tokens "
                    + "are to be derived: raise the cap (share) or lower what is used (use)")
        }
    }
}

extension DataSupply {
    /// The supply with derived tokens that plans may add.
    ///
    /// - Parameter derived: The derived tokens.
    /// - Returns: The supply; it reads no derived tokens until their share is set.
    /// - Throws: A ``MixtureError`` for a number out of range, a source that the supply does not have, or a name that a
    ///   source already has.
    public func deriving(_ derived: DerivedSupply) throws(MixtureError) -> DataSupply {
        try derived.check()
        guard !sources.contains(where: { $0.name == derived.name }) else {
            throw .contradiction("the supply has a source '\(derived.name)' already: give the derived one another name")
        }
        var base = uniqueTokens
        if let name = derived.source {
            guard let source = sources.first(where: { $0.name == name }) else {
                let known = sources.map(\.name).joined(separator: ", ")
                throw .contradiction(
                    "derived source '\(derived.name)' is made from '\(name)', which is no source of the supply: "
                        + (known.isEmpty ? "leave source= out, the supply names no sources" : "it has \(known)"))
            }
            base = source.uniqueTokens
        }
        var supply = self
        var derived = derived
        derived.uniqueTokens = base * derived.multiple
        derived.share = derived.fixedShare ?? 0
        supply.derived = derived
        return supply
    }

    /// The supply with a share of the training tokens derived.
    package func reading(derivedShare share: Double) -> DataSupply {
        var supply = self
        supply.derived?.share = share
        return supply
    }

    /// The supply, and where derived tokens are read, the same without them.
    package var withAndWithoutDerived: [DataSupply] {
        derivedInUse == nil ? [self] : [self, reading(derivedShare: 0)]
    }

    /// The derived tokens, where some are read.
    package var derivedInUse: DerivedSupply? { derived.flatMap { $0.share > 0 ? $0 : nil } }

    /// The share of the training tokens that is real text.
    package var realShare: Double { 1 - (derivedInUse?.share ?? 0) }

    /// The training tokens, derived ones included, with which the real unique tokens are read once.
    package var tokensPerEpoch: Double { uniqueTokens / realShare }

    /// The training tokens, derived ones included, with which the files are read once.
    package var tokensPerPass: Double { fileTokens / realShare }
}

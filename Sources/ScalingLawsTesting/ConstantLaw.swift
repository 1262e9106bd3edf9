public import ScalingLaws

/// A law whose loss is the same for every run, for tests of code that uses laws.
public struct ConstantLaw: ScalingLaw {
    /// The loss of every run.
    public let value: Double

    /// Creates a law.
    ///
    /// - Parameter value: The loss of every run.
    public init(_ value: Double = 2) {
        self.value = value
    }

    /// A card with the loss as its only coefficient.
    public var card: ModelCard {
        ModelCard(
            identifier: "constant", summary: "the same loss for every run",
            coefficients: [Coefficient("L", value: value, unit: "nats/token", summary: "the loss")],
            provenance: Provenance(kind: .user, source: "a test"))
    }

    /// The coefficient.
    public func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        c["L"]
    }
}

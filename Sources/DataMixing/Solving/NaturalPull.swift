/// How strongly weights are drawn towards natural shares, those of one pass over everything.
///
/// Weights maximise ln D_eff − strength·KL(w ‖ natural). A loss L changes by ∂L/∂ln D_eff for each unit of ln D_eff, so
/// the strength is relative to that slope: a pure number, with the same meaning for every law, model size and number of
/// training tokens. A nat of divergence weighs strength·|∂L/∂ln D_eff| nats of loss.
///
/// Without a pull the best weights are a hard cut by quality. With equal qualities and no repeats, all mixtures would
/// be equally good. The form is that of Olmix (arXiv:2602.12237).
public struct NaturalPull: Sendable, Hashable {
    /// The multiple of the divergence, 0 or more; 0 is no pull.
    public var strength: Double

    /// Creates a pull.
    ///
    /// - Parameter strength: The multiple of the divergence; a negative or infinite one is refused when it is used.
    public init(_ strength: Double) { self.strength = strength }

    /// No pull: only effective tokens count.
    public static let none = NaturalPull(0)

    /// The pull of commands and plans: 0.4.
    ///
    /// Chosen on the runs of Ye et al. (2024, arXiv:2403.16952) as the largest strength that does not choose
    /// significantly worse, and reported on those of RegMix (arXiv:2407.01492): `Datasets/mixtures/pull.py` repeats it,
    /// and the guide "Plan a mixture" shows the table.
    public static let standard = NaturalPull(0.4)

    /// Refuses a strength that is negative or not finite.
    ///
    /// - Throws: ``MixtureError/unusableQuantity(_:value:expected:)``.
    func check() throws(MixtureError) {
        guard strength >= 0, strength < .infinity else {
            throw .unusableQuantity(
                "the pull to natural shares", value: strength, expected: "0 (off) or more and finite")
        }
    }
}

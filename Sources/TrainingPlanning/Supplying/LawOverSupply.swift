import ScalingLaws

/// A law put to a supply: asked in its own tokens, with copies seen as often as they are in the files.
///
/// Its tokens and unique tokens are those of the supply. Where copies stay, a text that lies c times in files of T
/// tokens is seen r = c·D/T times. A law with a repetition curve ρ is asked at the repetitions R at which data without
/// copies are worth as much, U·ρ(1 + R) = Σ U_b·ρ(r_b). Another law that speaks of repetitions is asked at their mean
/// over the tokens trained on, Σ (D_b/D)·max(r_b − 1, 0): that mean is this project's own.
struct LawOverSupply: ScalingLaw {
    let card: ModelCard

    private let adapted: Formula

    /// The effective tokens of D, Σ U_b·ρ(r_b), for a law with a curve.
    let effectiveTokens: Formula?

    /// The y = ln D at which some of the data begin to repeat, in order.
    let kinks: [Double]

    /// Tokens of the law for each of the supply.
    let tokenScale: Double

    /// Whether the repetitions of copies are a mean of our own rather than the law's curve.
    let meansRepetitions: Bool

    init(_ law: any ScalingLaw, _ supply: DataSupply, tokenScale: Double) {
        card = law.card
        self.tokenScale = tokenScale
        let tokens = Formula.symbol(.tokens)
        let passes = tokens / .constant(supply.fileTokens)
        let seen = supply.copies.count > 1 ? supply.copies : [CopyBucket(copies: 1, uniqueTokens: supply.uniqueTokens)]
        let copiesStay = supply.copies.count > 1
        func epochs(_ bucket: CopyBucket) -> Formula {
            copiesStay ? passes * .constant(bucket.copies) : tokens / .constant(supply.uniqueTokens)
        }
        let curve = Self.curve(of: law)
        let worth = curve.map { curve in
            copiesStay
                ? seen.worth(passes: passes, curve.worth)
                : .constant(supply.uniqueTokens) * curve.worth(epochs(seen[0]))
        }
        effectiveTokens = worth
        kinks =
            copiesStay
            ? seen.map { Elementary.log(supply.fileTokens / $0.copies) }.sorted()
            : [Elementary.log(supply.uniqueTokens)]
        var formula = law.formula
        if tokenScale != 1 {
            let scale = Formula.constant(tokenScale)
            formula = formula.replacing(.compute, by: scale * .symbol(.compute)).replacing(.tokens, by: scale * tokens)
        }
        let used = copiesStay ? seen.sum { .constant($0.uniqueTokens) * min(1, epochs($0)) } : .symbol(.uniqueTokens)
        if tokenScale != 1 || copiesStay {
            formula = formula.replacing(.uniqueTokens, by: tokenScale == 1 ? used : .constant(tokenScale) * used)
        }
        meansRepetitions =
            copiesStay && law.formula.symbols.contains(.repetitions)
            && (curve?.epochs == nil || card.repetition != .curve)
        if copiesStay {
            let repetitions: Formula
            if let worth, let epochs = curve?.epochs, !meansRepetitions {
                repetitions = positivePart(epochs(worth / used) - 1)
            } else {
                repetitions = seen.sum { bucket in
                    .constant(bucket.fileTokens / supply.fileTokens) * positivePart(epochs(bucket) - 1)
                }
            }
            formula = formula.replacing(.repetitions, by: repetitions)
        }
        adapted = (law as? JointLaw)?.adapted(to: supply) ?? formula
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { adapted }

    /// A law's curve with the law's own coefficients, and values for any others.
    private struct Curve {
        let worth: (Formula) -> Formula
        let epochs: ((Formula) -> Formula)?
    }

    private static func curve(of law: any ScalingLaw) -> Curve? {
        guard let curve = law.repetitionCurve else { return nil }
        let own = Set(law.card.coefficientNames)
        var constants: [String: Formula] = [:]
        for coefficient in curve.card.coefficients where !own.contains(coefficient.name) {
            guard let value = coefficient.value else { return nil }
            constants[coefficient.name] = .constant(value)
        }
        let (run, c) = (RunSymbols(), CoefficientSymbols())
        let set = { (formula: Formula) in formula.replacingCoefficients(constants) }
        let inverse: ((Formula) -> Formula)? =
            curve.epochs(worth: 1, in: run, c) == nil
            ? nil : { worth in curve.epochs(worth: worth, in: run, c).map(set) ?? worth }
        return Curve(worth: { set(curve.value(epochs: $0, in: run, c)) }, epochs: inverse)
    }
}

import ScalingLaws

/// A law applied to a supply: it sees its own tokens, and copies as often as they are in the files.
///
/// Its inputs are the tokens and unique tokens of the supply. If copies stay, a text that occurs c times in files of T
/// tokens is seen r = c·D/T times. A law with a repetition curve ρ is evaluated at the repetitions R at which data
/// without copies have the same worth, U·ρ(1 + R) = Σ U_b·ρ(r_b). Any other law that depends on repetitions is
/// evaluated at their mean over the tokens trained on, Σ (D_b/D)·max(r_b − 1, 0); that mean is this project's own.
///
/// A derived token counts as w real ones. The law sees D_r + w·D_d tokens, and U_r + w·min(V, D_d) of them are unique;
/// its effective tokens are U·ρ(D_r/U) + w·V·ρ_d(D_d/V).
struct LawOverSupply: ScalingLaw {
    let card: ModelCard

    private let adapted: Formula

    /// The effective tokens of D, Σ U_b·ρ(r_b), for a law with a curve.
    let effectiveTokens: Formula?

    /// The y = ln D at which some of the data begin to repeat, in order.
    let kinks: [Double]

    /// Tokens of the law for each of the supply.
    let tokenScale: Double

    /// Whether the repetitions of copies are this project's mean rather than from the law's curve.
    let meansRepetitions: Bool

    init(_ law: any ScalingLaw, _ supply: DataSupply, tokenScale: Double) {
        let tokens = Formula.symbol(.tokens)
        let derived = supply.derivedInUse
        self.init(
            law, supply, tokenScale: tokenScale, unique: .symbol(.uniqueTokens),
            real: derived.map { .constant(1 - $0.share) * tokens } ?? tokens,
            derived: derived.map { ($0, .constant($0.share) * tokens) })
    }

    /// Applies a law to given numbers of tokens.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - supply: The supply.
    ///   - tokenScale: Tokens of the law for each of the supply.
    ///   - unique: The real unique tokens available, or the smaller of those and D.
    ///   - real: The real tokens trained on.
    ///   - derived: Derived tokens and the number of them trained on, or `nil` for none.
    init(
        _ law: any ScalingLaw, _ supply: DataSupply, tokenScale: Double, unique: Formula, real: Formula,
        derived: (supply: DerivedSupply, tokens: Formula)?
    ) {
        card = law.card
        self.tokenScale = tokenScale
        let passes = real / .constant(supply.fileTokens)
        let seen = supply.copies.count > 1 ? supply.copies : [CopyBucket(copies: 1, uniqueTokens: supply.uniqueTokens)]
        let copiesStay = supply.copies.count > 1
        func epochs(_ bucket: CopyBucket) -> Formula {
            copiesStay ? passes * .constant(bucket.copies) : real / .constant(supply.uniqueTokens)
        }
        let curve = Self.curve(of: law)
        let part = derived.map { DerivedPart($0.supply, tokens: $0.tokens, curve: curve?.worth) }
        let realWorth = curve.map { curve in
            copiesStay
                ? seen.worth(passes: passes, curve.worth)
                : .constant(supply.uniqueTokens) * curve.worth(epochs(seen[0]))
        }
        effectiveTokens = realWorth.map { real in (part?.worth).map { real + $0 } ?? real }
        kinks = Self.kinks(copiesStay ? seen : nil, supply)
        // If fewer real tokens are trained on than there are unique ones, not all unique ones are used.
        let realUsed =
            copiesStay
            ? seen.sum { .constant($0.uniqueTokens) * min(1, epochs($0)) }
            : part == nil ? unique : min(unique, real)
        let used = part.map { realUsed + $0.used } ?? realUsed
        let trained = part.map { real + $0.tokens } ?? real
        let scale = Formula.constant(tokenScale)
        var formula = law.formula
        if part != nil {
            // Tokens first: the compute that the law sees is stated in them.
            formula = formula.replacing(.tokens, by: scale * trained)
                .replacing(.compute, by: 6 * scale * .symbol(.parameters) * trained)
        } else if tokenScale != 1 {
            formula = formula.replacing(.compute, by: scale * .symbol(.compute)).replacing(.tokens, by: scale * real)
        }
        if tokenScale != 1 || copiesStay || part != nil {
            formula = formula.replacing(.uniqueTokens, by: tokenScale == 1 ? used : scale * used)
        }
        let countsRepetitions = (copiesStay || part != nil) && law.formula.symbols.contains(.repetitions)
        meansRepetitions = countsRepetitions && (curve?.epochs == nil || card.repetition != .curve)
        if copiesStay || part != nil {
            let repetitions: Formula
            if let realWorth, let epochs = curve?.epochs, let worth = curve?.worth, !meansRepetitions {
                // The number of unique tokens of a mixed pool depends on D, so it is no constant.
                let pooled = copiesStay ? realWorth : realUsed * worth(real / realUsed)
                repetitions = positivePart(epochs(((part?.worth).map { pooled + $0 } ?? pooled) / used) - 1)
            } else {
                let mean =
                    copiesStay
                    ? seen.sum { bucket in
                        .constant(bucket.fileTokens / supply.fileTokens) * positivePart(epochs(bucket) - 1)
                    } : positivePart(real / realUsed - 1)
                repetitions = part.map { (real * mean + $0.tokens * $0.repeats) / trained } ?? mean
            }
            formula = formula.replacing(.repetitions, by: repetitions)
        }
        adapted = (law as? JointLaw)?.adapted(to: supply) ?? formula
    }

    /// The y = ln D at which data begin to repeat.
    private static func kinks(_ copies: [CopyBucket]?, _ supply: DataSupply) -> [Double] {
        var kinks =
            copies.map { $0.map { Elementary.log(supply.tokensPerPass / $0.copies) } }
            ?? [Elementary.log(supply.tokensPerEpoch)]
        if let derived = supply.derivedInUse { kinks.append(Elementary.log(derived.uniqueTokens / derived.share)) }
        return kinks.sorted()
    }

    /// Derived tokens as a law sees them: each counts as its worth in real ones.
    private struct DerivedPart {
        /// The tokens read, in real ones.
        let tokens: Formula

        /// The unique tokens read, in real ones.
        let used: Formula

        /// The mean reads of a derived token beyond its first.
        let repeats: Formula

        /// The fresh tokens that they are worth, for a law with a curve.
        let worth: Formula?

        init(_ derived: DerivedSupply, tokens read: Formula, curve: ((Formula) -> Formula)?) {
            let worth = Formula.constant(derived.worth)
            let unique = Formula.constant(derived.uniqueTokens)
            let passes = read / unique
            tokens = worth * read
            used = worth * min(unique, read)
            repeats = positivePart(passes - 1)
            self.worth = curve.map { curve in
                let value = derived.decay.map { Self.decaying(passes, decay: $0) } ?? curve(passes)
                return worth * unique * value
            }
        }

        /// 1 + R\*·(1 − exp(−(r − 1)/R\*)), and r up to the first pass.
        private static func decaying(_ passes: Formula, decay: Double) -> Formula {
            guard decay > 0 else { return min(passes, 1) }
            let scale = Formula.constant(decay)
            return min(passes, 1) + scale * (1 - exp(-positivePart(passes - 1) / scale))
        }
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

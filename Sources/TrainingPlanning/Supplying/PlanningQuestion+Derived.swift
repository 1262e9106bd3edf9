import DataMixing
import Quantities
import ScalingLaws

extension PlanningQuestion {
    /// The plan with the share of derived tokens that costs least, or the share that the user set.
    func derivingPlan() throws(PlanningError) -> Plan {
        guard let derived = supply.derived else { return try plan() }
        let without = try reading(0).plan()
        let choice = try reading(0).derivedChoice(around: without)
        let share: Double
        if let fixed = derived.fixedShare {
            share = fixed
        } else if derived.worth > 0 {
            let even = derived.uniqueTokens / (supply.uniqueTokens + derived.uniqueTokens)
            share = try ShareSearch.best(upTo: derived.shareLimit, even: even, choice.cost)
        } else {
            share = 0
        }
        var plan = share > 0 ? try reading(share).plan() : without
        let tokens = plan.recommended.tokens * share
        var used = derived
        used = supply.reading(derivedShare: share).derived ?? used
        let thresholds = without.frontier.compactMap { point in
            choice.threshold(epochs: point.epochs, parameters: point.parameters)
        }
        let run = without.recommended
        guard
            let threshold = choice.threshold(epochs: run.epochs, parameters: run.parameters)
                ?? thresholds.last(where: { $0.epochs <= run.epochs }) ?? thresholds.first
        else {
            throw .infeasible("no law asked says what another epoch is worth at this plan", nearest: nil)
        }
        plan.derived = DerivedUse(
            derived: used, tokens: tokens, uniqueTokens: Swift.min(tokens, derived.uniqueTokens),
            gain: share > 0 ? try choice.cost(0) - choice.cost(share) : 0, threshold: threshold,
            thresholds: thresholds)
        if share > 0 { plan.warnings.insert(Self.assumption(used), at: 0) }
        return plan
    }

    private func reading(_ share: Double) -> PlanningQuestion {
        var question = self
        question.supply = supply.reading(derivedShare: share)
        return question
    }

    /// The warning that the plan rests on an assumption that nobody has measured.
    private static func assumption(_ derived: DerivedSupply) -> PlanWarning {
        PlanWarning(
            code: "derived_assumed", severity: .warning,
            message: "The worth of '\(derived.name)' tokens (\(Quantity.short(derived.worth)) of a fresh one) is your "
                + "number. No published law gives it: measure it on pilot runs. "
                + (derived.decay == nil
                    ? "Their repeats are taken to decay like those of real text."
                    : "Laws without a repetition curve count their repeats like those of real text."),
            value: derived.worth)
    }

    /// The families' questions without derived tokens, for the cost of a share of them.
    private func derivedChoice(around plan: Plan) throws(PlanningError) -> DerivedChoice {
        let supply = supply
        func alone(_ question: Question) -> DerivedChoice {
            DerivedChoice(families: [(question, 1)]) { share throws(PlanningError) in
                try question.asked(of: supply.reading(derivedShare: share)).lowest()?.cost ?? .infinity
            }
        }
        if let law = planner.laws.first, planner.laws.count == 1 { return alone(try question(to: law)) }
        var (answers, leftOut) = try answers()
        guard let first = answers.first else { throw Self.noLaw(leftOut) }
        guard answers.count > 1 else { return alone(first.question) }
        guard constraints.targetLoss == nil else {
            let (question, _) = try target(&answers)
            return DerivedChoice(families: answers.map { ($0.question, $0.weight) }) { share throws(PlanningError) in
                try question.asked(of: supply.reading(derivedShare: share)).lowest()?.cost ?? .infinity
            }
        }
        let (families, best) = try decide(&answers)
        let prices = try FamilyPrices(self, answers, draws: answers.map(\.draws), families: families, best: best)
        return DerivedChoice(families: answers.map { ($0.question, $0.weight) }) { share throws(PlanningError) in
            try prices.lowest(of: supply.reading(derivedShare: share))?.cost ?? .infinity
        }
    }
}

/// The cost of shares of derived tokens, and the worth that their first read must have.
private struct DerivedChoice {
    let families: [(question: Question, weight: Double)]

    /// The cost of the best run at a share.
    let cost: (Double) throws(PlanningError) -> Double

    /// The worth at which one more derived token lowers the loss as much as one more repeated token.
    ///
    /// A derived token that is read once enters laws as w real unique tokens, so that its slope is linear in w: the
    /// threshold is one slope over the other. With several families it is the threshold of the weighted mean of ln L.
    func threshold(epochs: Double, parameters: Double) -> DerivedUse.Threshold? {
        var (repeated, fresh) = (0.0, 0.0)
        var own: [Double] = []
        for (question, weight) in families where weight > 0 {
            guard let slopes = question.derivedSlopes(epochs: epochs, parameters: parameters) else { return nil }
            repeated += weight * slopes.repeated
            fresh += weight * slopes.fresh
            own.append(Swift.max(0, slopes.repeated / slopes.fresh))
        }
        guard fresh < 0, let least = own.min(), let most = own.max() else { return nil }
        return DerivedUse.Threshold(
            epochs: epochs, parameters: parameters, worth: Swift.max(0, repeated / fresh), range: least...most)
    }
}

extension Question {
    /// The slopes of ln L in one more token of real text, and in one more derived token of worth 1 that is read once.
    fileprivate func derivedSlopes(epochs: Double, parameters: Double) -> (repeated: Double, fresh: Double)? {
        guard var derived = supply.derived else { return nil }
        derived.worth = 1
        // Another epoch begins past the kink.
        let passes = abs(epochs - 1) < 1e-9 ? 1 + 1e-12 : epochs
        let tokens = passes * supply.tokensPerEpoch
        let unique = landscape.uniqueTokens(at: tokens)
        let asked = LawOverSupply(
            law, supply, tokenScale: tokenScale, unique: .constant(unique), real: .constant(tokens),
            derived: (derived, .symbol(.tokens)))
        guard let compiled = try? CompiledLaw(asked, features: planner.features),
            let fresh = try? compiled.gradient(
                parameters: parameters, tokens: tokens * 1e-12, uniqueTokens: unique)
        else { return nil }
        // If a law is infinitely steep past one epoch, no worth is too small.
        let repeated = try? landscape.law.gradient(parameters: parameters, tokens: tokens, uniqueTokens: unique)
        return (repeated.map { $0.byTokens / $0.loss } ?? .infinity, fresh.byTokens / fresh.loss)
    }
}

/// Seeks the share of derived tokens that costs least.
enum ShareSearch {
    /// The cheapest share; among shares of equal cost, the smallest.
    ///
    /// - Parameters:
    ///   - limit: The largest share allowed.
    ///   - even: The share at which derived and real tokens are read equally often.
    ///   - cost: The cost of a share.
    /// - Returns: The share; 0 if none saves anything.
    /// - Throws: The errors of `cost`, except those for shares that limits forbid.
    static func best(
        upTo limit: Double, even: Double, _ cost: (Double) throws(PlanningError) -> Double
    ) throws(PlanningError) -> Double {
        var failure: PlanningError?
        func value(_ share: Double) -> Double {
            do throws(PlanningError) { return try cost(share) } catch {
                // Shares that limits forbid are no choice.
                if !error.isInfeasible { failure = error }
                return .infinity
            }
        }
        let none = try cost(0)
        let grid = (1...8).map { limit * Double($0) / 8 }
        let start = grid.map { (share: $0, cost: value($0)) }.min { $0.cost < $1.cost }
        let line = LineMinimum(range: 0...limit, step: limit / 16, tolerance: 1e-5)
        let lowest = line.from(start?.share ?? limit, value)
        if let failure { throw failure }
        var found = (share: lowest.place, cost: lowest.value)
        let tolerance = 1e-12 * Swift.max(1, abs(none))
        // If an even read is as good as any other, it is the answer, without rounding.
        if even < limit {
            let atEven = try cost(even)
            if atEven <= found.cost + tolerance { found = (even, Swift.min(atEven, found.cost)) }
        }
        guard found.cost < none - tolerance else { return 0 }
        // Derived tokens have a price: of shares that are as good, the smallest.
        guard try cost(found.share / 2) <= found.cost + tolerance else { return found.share }
        var (poor, good) = (0.0, found.share / 2)
        while good - poor > 1e-4 * good {
            let middle = (poor + good) / 2
            if try cost(middle) <= found.cost + tolerance { good = middle } else { poor = middle }
        }
        return good
    }
}

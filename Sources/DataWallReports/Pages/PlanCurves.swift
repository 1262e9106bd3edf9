import Charts
import ScalingLaws
import TrainingPlanning

/// The curves of laws around a plan, which the plan file itself does not contain.
struct PlanCurves {
    /// A law that the plan names and the report knows.
    struct Known {
        var name: String
        var law: CompiledLaw
        /// Tokens of the law's own tokenizer for each of the plan's.
        var tokenScale: Double
    }

    let plan: PlanFile
    let known: [Known]

    /// Budgets of the IsoFLOP curves, as factors of the plan's own.
    static let budgetFactors = [0.1, 0.3, 1, 3, 10]

    /// Members of an ensemble that a band is made of at most.
    private static let membersDrawn = 200

    /// Compiles the plan's laws that are known.
    ///
    /// Two kinds of laws are left out: laws that need more than a plan file contains, such as features; and laws whose
    /// loss at the plan differs from the one that the plan states, since their curves would miss the plan.
    init(_ plan: PlanFile, laws: [any ScalingLaw]) {
        self.plan = plan
        known = plan.laws.compactMap { reference in
            guard plan.supply.treatment != .asIs, (plan.derived?.share ?? 0) == 0,
                let law = laws.first(where: { $0.card.identifier == reference.name }),
                let compiled = try? CompiledLaw(law)
            else { return nil }
            let best = plan.recommended.run
            var scale = 1.0
            if let tokens = best.lawTokens {
                scale = tokens / best.tokens
            } else if let here = plan.supply.bytesPerToken, let there = compiled.card.setup.bytesPerToken {
                scale = here / there
            }
            let loss = try? compiled.loss(
                parameters: best.parameters, tokens: best.tokens * scale, uniqueTokens: plan.supply.uniqueTokens * scale
            )
            guard let loss else { return nil }
            if plan.law == reference.name, let stated = best.loss, abs(loss / stated - 1) > 1e-6 { return nil }
            return Known(name: reference.name, law: compiled, tokenScale: scale)
        }
    }

    /// The law that the recommendation follows, if it is a single, known law.
    private var followed: Known? { known.first { $0.name == plan.law } }

    /// The compute that curves spend.
    var flops: Double? {
        guard plan.flopModel == nil || plan.flopModel == "6ND" else { return nil }
        return plan.budget?.flops ?? plan.recommended.run.flops
    }

    /// The loss of a run under a law, or `nil` if the law has none there.
    private func loss(_ known: Known, _ parameters: Double, _ tokens: Double) -> Double? {
        let scale = known.tokenScale
        return try? known.law.loss(
            parameters: parameters, tokens: tokens * scale, uniqueTokens: plan.supply.uniqueTokens * scale)
    }

    /// How far the loss of a run is above the best of a family, as a share, under the family's law.
    ///
    /// - Returns: The share, 0 or more, or `nil` where the law is not known or has no loss there.
    func excess(of family: FamilyPlan, parameters: Double, tokens: Double) -> Double? {
        guard let law = known.first(where: { $0.name == family.law }), let run = loss(law, parameters, tokens),
            let own = loss(law, family.parameters, family.tokens), own > 0
        else { return nil }
        return Swift.max(run / own - 1, 0)
    }

    // MARK: Over epochs

    /// A run on the way along the frontier.
    struct Step {
        var epochs: Double
        var parameters: Double
        var tokens: Double
        var loss: Double
        var band: ClosedRange<Double>?
    }

    /// The frontier's steps, including the recommended run, with their loss, if one law is followed and the objective
    /// is the loss.
    var steps: [Step] {
        guard plan.objective == "min-loss" else { return [] }
        var steps = plan.frontier.compactMap { step in
            step.loss.map {
                Step(
                    epochs: step.epochs, parameters: step.parameters, tokens: step.tokens, loss: $0, band: nil)
            }
        }
        let best = plan.recommended.run
        if let loss = best.loss, !steps.isEmpty {
            steps.removeAll { abs($0.epochs / best.epochs - 1) < 1e-6 }
            steps.append(
                Step(
                    epochs: best.epochs, parameters: best.parameters, tokens: best.tokens, loss: loss,
                    band: best.lossInterval))
        }
        return steps.sorted { $0.epochs < $1.epochs }
    }

    /// The curve through the steps: between two of them N follows a power of the epochs, as it does where the budget
    /// binds, and the law says the loss.
    ///
    /// Without the law, only the steps.
    var curve: [Step] {
        let steps = steps
        guard let law = followed, steps.count > 1 else { return steps }
        let members = members(of: law)
        var curve: [Step] = []
        for (from, to) in zip(steps, steps.dropFirst()) {
            let parts = 6
            for part in 0..<parts {
                let share = Double(part) / Double(parts)
                let epochs = Self.between(from.epochs, to.epochs, share)
                let size = Self.between(from.parameters, to.parameters, share)
                let tokens = epochs * plan.supply.uniqueTokens
                guard let loss = part == 0 ? from.loss : loss(law, size, tokens) else { continue }
                curve.append(
                    Step(
                        epochs: epochs, parameters: size, tokens: tokens, loss: loss,
                        band: band(members, size, tokens)))
            }
        }
        if var last = steps.last {
            last.band = band(members, last.parameters, last.tokens)
            curve.append(last)
        }
        return curve
    }

    private func members(of known: Known) -> [Known] {
        let all = (try? known.law.ensemble()) ?? []
        guard all.count >= 20 else { return [] }
        let step = (all.count + Self.membersDrawn - 1) / Self.membersDrawn
        return stride(from: 0, to: all.count, by: step).map {
            Known(name: known.name, law: all[$0], tokenScale: known.tokenScale)
        }
    }

    private func band(_ members: [Known], _ parameters: Double, _ tokens: Double) -> ClosedRange<Double>? {
        let losses = members.compactMap { loss($0, parameters, tokens) }.sorted()
        guard losses.count >= 20 else { return nil }
        return OrderStatistics.central(plan.intervalLevel ?? 0.9, sorted: losses)
    }

    /// The value a share of the way from one to another, by ratio.
    private static func between(_ low: Double, _ high: Double, _ share: Double) -> Double {
        low * Elementary.exp(share * Elementary.log(high / low))
    }

    // MARK: At one compute

    /// The losses of a law at one compute, size by size.
    struct IsoFLOP {
        var flops: Double
        var points: [(parameters: Double, tokens: Double, loss: Double)]
        var best: (parameters: Double, tokens: Double, loss: Double)
    }

    /// Curves of equal compute under the law followed; the lowest point of each is marked.
    var isoFLOPs: [IsoFLOP] {
        guard let law = followed, let flops else { return [] }
        return Self.budgetFactors.compactMap { factor in
            var points: [(parameters: Double, tokens: Double, loss: Double)] = []
            let centre = plan.recommended.run.parameters
            for step in 0...64 {
                let size = Self.between(centre / 60, centre * 60, Double(step) / 64)
                let tokens = flops * factor / (6 * size)
                if let loss = loss(law, size, tokens) { points.append((size, tokens, loss)) }
            }
            guard let best = points.min(by: { $0.loss < $1.loss }), points.count > 8 else { return nil }
            return IsoFLOP(flops: flops * factor, points: points, best: best)
        }
    }

    /// How much worse than its own best each law is at a size, with the best tokens that the budget allows there.
    func excesses() -> [(law: String, points: [(parameters: Double, excess: Double)])] {
        guard let flops, known.count > 1 else { return [] }
        let sizes = plan.families.map(\.parameters) + [plan.recommended.run.parameters]
        let low = (sizes.min() ?? 1) / 6
        // Sizes that the least tokens for each parameter forbid are not of interest.
        let least = plan.constraints.limits.minTokensPerParameter
        let allowed = least > 0 ? (flops / (6 * least)).squareRoot() : .infinity
        let high = Swift.min((sizes.max() ?? 1) * 6, Swift.max(allowed, sizes.max() ?? 1))
        return known.compactMap { entry in
            var curve: [(parameters: Double, excess: Double)] = []
            for step in 0...48 {
                let size = Self.between(low, high, Double(step) / 48)
                let most = flops / (6 * size)
                var least = Double.infinity
                // One epoch is a separate candidate, since laws may be infinitely steep just past it.
                let grid = (0...40).map { most * Elementary.exp(-Double($0) / 40 * 7) }
                for tokens in grid + [plan.supply.uniqueTokens].filter({ $0 <= most }) {
                    if let value = loss(entry, size, tokens) { least = Swift.min(least, value) }
                }
                if least.isFinite { curve.append((size, least)) }
            }
            guard var best = curve.map(\.excess).min() else { return nil }
            if let own = plan.families.first(where: { $0.law == entry.name }),
                let value = loss(entry, own.parameters, own.tokens)
            {
                best = Swift.min(best, value)
            }
            return (entry.name, curve.map { ($0.parameters, $0.excess - best) })
        }
    }
}

public import ScalingLaws

extension Planner {
    /// How a plan shares its training tokens out among the sources of its supply.
    public struct Mixing: Sendable {
        /// The method that chooses the weights.
        public var method: any MixtureMethod

        /// The worth of repeats for the method.
        public var curve: CompiledCurve

        /// How strongly weights are drawn towards natural shares.
        public var pull: NaturalPull

        /// Creates a way of mixing.
        public init(method: any MixtureMethod, curve: CompiledCurve, pull: NaturalPull = .standard) {
            self.method = method
            self.curve = curve
            self.pull = pull
        }
    }

    /// The plan with the weights of its sources, under no caps but those that the user set.
    ///
    /// N and D were sought together with the mixture: at each D the laws see a pool that represents the best mixture
    /// there. At a target loss, N and D are those of a single pool.
    ///
    /// - Throws: ``PlanningError/mixture(_:)`` for floors and caps that no weights can keep.
    func mixingSources(of plan: Plan) throws(PlanningError) -> Plan {
        guard let mixing, plan.supply.sources.count > 1 else { return plan }
        var plan = plan
        guard plan.supply.treatment == .dedup else {
            plan.noMixture =
                "copies stay in the files, so sources overlap; 'datawall mix --as is' gives weights for them"
            return plan
        }
        let run = plan.recommended
        do throws(MixtureError) {
            let question = try MixtureQuestion(
                supply: plan.supply, tokens: run.tokens * plan.supply.realShare, curve: mixing.curve,
                parameters: run.parameters,
                pull: mixing.pull)
            let allocation = try MixturePath(question, method: mixing.method).allocation(tokens: question.tokens)
            let even = try MixtureAllocation(method: "even", weights: question.naturalShares, for: question)
            plan.mixtureExcess = excess(of: allocation.worth, over: even.worth, in: plan)
            plan.mixture = allocation
        } catch {
            if case .contradiction = error { throw .mixture(error) }
            plan.noMixture = "\(error)"
        }
        return plan
    }

    /// The rise of the loss when a mixture is read instead of all sources evenly, as a weighted mean of ln L under the
    /// plan's families at their central coefficients.
    ///
    /// Laws see repeats but not quality, so a mixture for quality has a cost under them; `nil` where a law has no
    /// value.
    private func excess(of worth: MixtureWorth, over even: MixtureWorth, in plan: Plan) -> Double? {
        var excess = 0.0
        for family in plan.families {
            guard let law = laws.first(where: { $0.card.identifier == family.law }) else { return nil }
            let question = PlanningQuestion(
                planner: self, supply: plan.supply, budget: plan.budget, constraints: plan.constraints,
                terms: plan.terms)
            let scale = question.ownTokenScale(of: law) ?? 1
            do {
                let compiled = try CompiledLaw(law, features: features)
                let forecast = try MixtureForecast(
                    compiled, parameters: plan.recommended.parameters, tokenScale: scale, curve: law.ownCurve())
                excess +=
                    family.weight * Elementary.log(try forecast.loss(worth: worth) / forecast.loss(worth: even))
            } catch { return nil }
        }
        return excess
    }
}

public import ScalingLaws

extension LawFit {
    /// The law's card with the fitted coefficients, as a law file stores it.
    ///
    /// - Parameters:
    ///   - name: The name of the fitted law.
    ///   - source: The source of the runs, such as a file with its digest.
    ///   - ensemble: The fits of resamples, for intervals of plans; standard errors and covariance come from it.
    ///   - members: The largest number of ensemble members that the card keeps, evenly spread over the draws.
    ///   - forecastError: The error of the fit's forecasts, if measured.
    /// - Returns: The card, whose provenance is the user's own fit and whose validity is the range of the runs.
    public func card(
        named name: String, source: String, ensemble: FitEnsemble? = nil, members: Int = 200,
        forecastError: ForecastError? = nil
    ) -> ModelCard {
        let known = law.card
        var coefficients = known.coefficients
        for index in coefficients.indices {
            coefficients[index].value = self.coefficients[index]
            coefficients[index].unit = Self.unit(coefficients[index].unit, in: runs.lossUnit)
            coefficients[index].standardError =
                freeCoefficients.contains(coefficients[index].name)
                ? ensemble?.standardError(of: coefficients[index].name) : nil
        }
        var method = options.objective.summary + ", \(runs.count) runs"
        let held = space.held.sorted { $0.key < $1.key }.filter { name, _ in
            known.coefficients.first { $0.name == name }?.isHeld != true
        }
        if !held.isEmpty { method += "; held: " + held.map { "\($0.key) = \($0.value)" }.joined(separator: ", ") }
        if let ensemble {
            method +=
                "; ensemble of \(ensemble.members.count) resamples of \(ensemble.options.unit.rawValue), "
                + "seed \(ensemble.options.seed)"
        }
        if !prior.isEmpty {
            method += "; prior with \(prior.dependence) runs counting as one, scatter \(prior.scatter)"
        }
        let all = degreesOfFreedom > 0 ? ensemble?.members ?? [] : []
        let kept = Swift.min(all.count, Swift.max(members, 0))
        return ModelCard(
            identifier: name,
            summary: "\(known.identifier) fitted to \(runs.count) runs",
            coefficients: coefficients, repetition: known.repetition, validity: runs.range,
            setup: setup,
            provenance: Provenance(kind: .user, source: source, method: method), warnings: warnings,
            covariance: all.isEmpty ? nil : ensemble?.covariance,
            ensemble: (0..<kept).map { all[$0 * all.count / kept] }, forecastError: forecastError)
    }

    /// The unit of a coefficient whose law is fitted to losses of another unit: `bits/byte·N^alpha` for
    /// `nats/token·N^alpha`.
    private static func unit(_ unit: String, in lossUnit: LossUnit) -> String {
        let usual = LossUnit.natsPerToken.rawValue
        return unit.hasPrefix(usual) ? lossUnit.rawValue + unit.dropFirst(usual.count) : unit
    }

    /// The setup of the fit's runs, and whether the law counts embeddings.
    public var setup: ModelSetup {
        let known = runs.setup
        return ModelSetup(
            corpus: known.corpus, tokenizer: known.tokenizer, bytesPerToken: runs.bytesPerToken,
            lossUnit: runs.lossUnit.rawValue, countsEmbeddings: law.card.setup.countsEmbeddings,
            weightDecay: known.weightDecay)
    }
}

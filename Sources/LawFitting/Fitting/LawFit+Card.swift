public import ScalingLaws

extension LawFit {
    /// The law's card with the fitted coefficients: what a law file holds.
    ///
    /// - Parameters:
    ///   - name: The name of the fitted law.
    ///   - source: Where the runs come from, such as a file with its digest.
    ///   - ensemble: The fits of resamples, for intervals of plans; standard errors and covariance come from it.
    ///   - members: How many members of the ensemble the card keeps at most, evenly spread over the draws.
    /// - Returns: The card, whose provenance is the user's own fit and whose validity is the range of the runs.
    public func card(
        named name: String, source: String, ensemble: FitEnsemble? = nil, members: Int = 200
    ) -> ModelCard {
        let known = law.card
        var coefficients = known.coefficients
        for index in coefficients.indices {
            coefficients[index].value = self.coefficients[index]
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
        let all = ensemble?.members ?? []
        let kept = Swift.min(all.count, Swift.max(members, 0))
        return ModelCard(
            identifier: name,
            summary: "\(known.identifier) fitted to \(runs.count) runs",
            coefficients: coefficients, repetition: known.repetition, validity: runs.range,
            setup: ModelSetup(bytesPerToken: runs.bytesPerToken, lossUnit: runs.lossUnit.rawValue),
            provenance: Provenance(kind: .user, source: source, method: method), warnings: warnings,
            covariance: ensemble?.covariance, ensemble: (0..<kept).map { all[$0 * all.count / kept] })
    }
}

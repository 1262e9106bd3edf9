extension PlanningObjective {
    /// The quantities that the cost reads, by name.
    ///
    /// What it needs must be given. Of what it may read, all or none: none is 0.
    func values(
        in terms: PlanTerms, _ constraints: PlanConstraints
    ) throws(PlanningError) -> [String: Double] {
        var values: [String: Double] = [:]
        for quantity in needs {
            guard let value = terms.value(of: quantity, constraints: constraints) else {
                throw .missing(quantity, objective: identifier)
            }
            values[quantity.rawValue] = value
        }
        let isNoneGiven = mayRead.allSatisfy { terms.isUnstated($0, constraints) }
        for quantity in mayRead {
            let value = terms.value(of: quantity, constraints: constraints)
            guard let value = isNoneGiven ? 0 : value else { throw .missing(quantity, objective: identifier) }
            values[quantity.rawValue] = value
        }
        return values
    }
}

extension PlanTerms {
    /// Whether nothing was said of a quantity; a price that hardware has says nothing of whether anything is served.
    fileprivate func isUnstated(_ quantity: PlanningQuantity, _ constraints: PlanConstraints) -> Bool {
        switch quantity {
        case .trainingPrice: trainingPrice == nil
        case .servingPrice: servingPrice == nil
        case .targetLoss, .inferenceTokens, .costWeight: value(of: quantity, constraints: constraints) == nil
        }
    }
}

import ScalingLaws

/// Finds the coefficients in which a law is linear: those that least squares can solve for.
enum LinearCoefficients {
    /// Positions among the free variables in which the loss is linear, such as those of E, A and B in Chinchilla's
    /// form.
    ///
    /// The loss is linear in a set of coefficients if its second derivatives in all pairs of them are zero, which is
    /// tested at several places. Only starts depend on the result, never a fit.
    static func find(
        _ law: any ScalingLaw, space: FitSpace, table: RunTable
    ) throws(FittingError) -> [Int] {
        guard table.count > 0 else { return [] }
        let n = space.count
        var isBent = [Bool](repeating: false, count: n * n)
        for sample in 0..<6 {
            let place = LowDiscrepancy.point(sample, dimensions: n)
            let x = zip(space.variables, place).map { variable, fraction in
                variable.start.lowerBound + fraction * (variable.start.upperBound - variable.start.lowerBound)
            }
            let row = (sample * 7_919) % table.count
            let coefficients = space.coefficients(at: x)
            let rows: [[Double]]
            do {
                let compiled = try CompiledLaw(
                    law, coefficients: coefficients, features: table.features.mapValues { $0[row] })
                rows = try compiled.coefficientCurvature(
                    parameters: table.parameters[row], tokens: table.tokens[row],
                    uniqueTokens: table.uniqueTokens[row])
            } catch {
                return []
            }
            for (i, first) in space.variables.enumerated() {
                for (j, second) in space.variables.enumerated() where rows[first.index][second.index] != 0 {
                    isBent[i * n + j] = true
                }
            }
        }
        var chosen: [Int] = []
        for i in 0..<n where !isBent[i * n + i] {
            if chosen.allSatisfy({ !isBent[i * n + $0] && !isBent[$0 * n + i] }) { chosen.append(i) }
        }
        return chosen
    }
}

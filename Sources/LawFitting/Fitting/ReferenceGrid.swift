import ScalingLaws

/// The starts of the reference search.
enum ReferenceGrid {
    /// Hoffmann's grid for Chinchilla's form: α, β from 0 to 2 by halves, e from −1 to 1 by halves, a, b from 0 to 25 by
    /// fives, e, a, b being the logarithms of E, A, B: 4,500 in all (arXiv:2203.15556, appendix D.3).
    static func starts(_ law: any ScalingLaw, space: FitSpace) -> [[Double]] {
        guard isChinchilla(law.formula), space.held.isEmpty else {
            return (0..<4_500).map { index in
                zip(space.variables, LowDiscrepancy.point(index, dimensions: space.count)).map { variable, fraction in
                    variable.start.lowerBound + fraction * (variable.start.upperBound - variable.start.lowerBound)
                }
            }
        }
        var starts: [[Double]] = []
        let exponents = [0, 0.5, 1, 1.5, 2]
        let factors = [0.0, 5, 10, 15, 20, 25]
        for alpha in exponents {
            for beta in exponents {
                for e in [-1, -0.5, 0, 0.5, 1] {
                    for a in factors {
                        for b in factors {
                            let values = ["E": e, "A": a, "B": b, "alpha": alpha, "beta": beta]
                            starts.append(space.variables.map { values[$0.name] ?? 0 })
                        }
                    }
                }
            }
        }
        return starts
    }

    static func isChinchilla(_ formula: Formula) -> Bool {
        let run = RunSymbols()
        let c = CoefficientSymbols()
        return formula == c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
    }
}

import ScalingLaws

/// The variables of a fit, and the formula of the log loss over them.
struct FitSpace: Sendable {
    /// The law's card.
    let card: ModelCard
    /// Coefficients held at a value, by name.
    let held: [String: Double]
    /// The variables of the fit, in the order of the card.
    let variables: [FitVariable]
    /// log L over the variables.
    let logLoss: CompiledFormula
    /// L over the free coefficients themselves.
    let loss: CompiledFormula

    /// Creates the space of a law's fit; `logarithms` are moved by their logarithms, whatever their range.
    init(_ law: any ScalingLaw, held: [String: Double], logarithms: Set<String> = []) throws(FittingError) {
        let card = law.card
        self.card = card
        self.held = held
        for (name, value) in held.sorted(by: { $0.key < $1.key }) {
            guard let coefficient = card.coefficients.first(where: { $0.name == name }) else {
                throw .law(.unknownCoefficient(name, known: card.coefficientNames, model: card.identifier))
            }
            guard value.isFinite, value >= coefficient.lowerBound, value <= coefficient.upperBound else {
                throw .law(
                    .coefficientOutOfBounds(
                        name, value: value, lower: coefficient.lowerBound, upper: coefficient.upperBound,
                        model: card.identifier))
            }
        }
        let formula = law.formula
        var variables: [FitVariable] = []
        for (index, coefficient) in card.coefficients.enumerated() where held[coefficient.name] == nil {
            variables.append(
                FitVariable(coefficient, index: index, forceLogarithm: logarithms.contains(coefficient.name)))
        }
        self.variables = variables
        var constants: [String: Formula] = held.mapValues { .constant($0) }
        let names = variables.map(\.name)
        let fixed = formula.replacingCoefficients(constants)
        for variable in variables where variable.isLogarithm {
            constants[variable.name] = exp(.coefficient(variable.name))
        }
        let moved = log(formula.replacingCoefficients(constants))
        do {
            try card.validate()
            loss = try CompiledFormula(fixed, coefficients: names, model: card.identifier)
            logLoss = try CompiledFormula(moved, coefficients: names, model: card.identifier)
        } catch {
            throw .law(error)
        }
    }

    /// How many variables there are.
    var count: Int { variables.count }

    /// The coefficients of the law at a point of the space.
    func coefficients(at x: [Double]) -> [Double] {
        var values = card.coefficients.map { held[$0.name] ?? 0 }
        for (variable, x) in zip(variables, x) {
            let coefficient = card.coefficients[variable.index]
            // Rounding of exp(log(bound)) must not leave the bounds.
            values[variable.index] = Swift.min(
                Swift.max(variable.value(of: x), coefficient.lowerBound), coefficient.upperBound)
        }
        return values
    }

    /// The point of the space for coefficients of the law, moved inside the bounds.
    func point(_ coefficients: [Double]) -> [Double] {
        variables.map { variable in
            Swift.min(Swift.max(variable.variable(of: coefficients[variable.index]), variable.lower), variable.upper)
        }
    }

    /// The coefficients at a point that are at a bound, or so far out that they no longer matter.
    func boundaries(at x: [Double]) -> [BoundaryContact] {
        zip(variables, x).compactMap { variable, x in
            let tolerance = 1e-9 * Swift.max(1, abs(x))
            if x <= variable.lower + tolerance { return BoundaryContact(name: variable.name, side: .lower) }
            if x >= variable.upper - tolerance, card.coefficients[variable.index].upperBound < .infinity {
                return BoundaryContact(name: variable.name, side: .upper)
            }
            // A decay constant of a million epochs is no decay at all.
            if variable.isLogarithm, x > variable.start.upperBound + 9.2 {
                return BoundaryContact(name: variable.name, side: .unbounded)
            }
            return nil
        }
    }
}

/// A formula laid out for evaluation: flat, with equal parts shared and powers turned into exponentials.
///
/// A compiled formula is an immutable value that threads share. ``CompiledLaw`` evaluates it point by point,
/// ``TableEvaluator`` column by column over a run table.
public struct CompiledFormula: Sendable {
    /// The deepest nesting that a formula may have.
    public static let maximumDepth = 1_000

    /// The formula as it was stated.
    public let formula: Formula

    /// The model that messages name.
    public let model: String

    /// The coefficients, in the order of every vector of their values or derivatives.
    public let coefficientNames: [String]

    let tape: Tape

    /// Compiles a formula.
    ///
    /// - Parameters:
    ///   - formula: The formula to compile.
    ///   - coefficients: The names of the coefficients, in the order of their vectors. Names that the formula does not
    ///     use are allowed; their derivatives are 0.
    ///   - model: The name that errors mention.
    /// - Throws: ``LawError/unlistedCoefficient(_:model:)`` where the formula uses another coefficient, and
    ///   ``LawError/formulaTooDeep(_:model:)``.
    /// - Complexity: O(*n*) in the distinct parts of the formula.
    public init(_ formula: Formula, coefficients: [String], model: String) throws(LawError) {
        guard formula.node.depth <= Self.maximumDepth else {
            throw .formulaTooDeep(formula.node.depth, model: model)
        }
        switch TapeBuilder.build(formula, coefficients: coefficients) {
        case .success(let tape): self.tape = tape
        case .failure(let error): throw .unlistedCoefficient(error.name, model: model)
        }
        self.formula = formula
        self.model = model
        coefficientNames = coefficients
    }

    /// The further quantities that the formula reads, next to N, D and U.
    public var features: [String] {
        tape.inputs.compactMap { input in
            if case .feature(let name) = input { name } else { nil }
        }
    }
}

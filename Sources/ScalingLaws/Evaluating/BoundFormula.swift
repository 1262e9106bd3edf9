/// A compiled formula with values for its coefficients and features, which evaluates single points.
///
/// The initialiser computes everything that depends only on the coefficients, once.
struct BoundFormula: Sendable {
    let compiled: CompiledFormula
    let coefficients: [Double]
    let features: [String: Double]
    private let program: PointProgram

    /// The inputs of one point.
    struct Point {
        var parameters: Double
        var tokens: Double
        var uniqueTokens: Double
        var epochs: Double
    }

    init(
        _ compiled: CompiledFormula, coefficients: [Double], features: [String: Double]
    ) throws(LawError) {
        precondition(coefficients.count == compiled.coefficientNames.count, "one value per coefficient")
        self.compiled = compiled
        self.coefficients = coefficients
        self.features = features
        let tape = compiled.tape
        for name in compiled.features {
            guard let value = features[name] else { throw .missingFeature(name, model: compiled.model) }
            guard value.isFinite else { throw .unusableQuantity(name, value: value) }
        }
        var values = [Double](repeating: 0, count: tape.nodes.count)
        for (index, node) in tape.nodes.enumerated() {
            switch node.operation {
            case .constant: values[index] = node.value
            case .coefficient: values[index] = coefficients[Int(node.a)]
            case .input:
                if case .feature(let name) = tape.inputs[Int(node.a)] { values[index] = features[name] ?? 0 }
            default:
                guard node.group == .scalar else { continue }
                values[index] = PointArithmetic.value(
                    node.operation, values[Int(node.a)], node.b < 0 ? 0 : values[Int(node.b)],
                    node.c < 0 ? 0 : values[Int(node.c)])
            }
        }
        program = PointProgram(tape, scalars: values)
    }

    // MARK: Values

    /// The formula's value at a point; it need not be finite.
    func value(at point: Point) -> Double {
        // The closure captures only the program: anything more would be reference-counted at every point.
        let program = program
        return program.withValues(at: point, columns: 1) { values in values[program.root] }
    }

    // MARK: Derivatives

    /// The value at a point and its slopes in the point's inputs: N, D, available U, epochs.
    func slopes(at point: Point) -> (value: Double, slopes: InlineArray<4, Double>) {
        let program = program
        return program.withValues(at: point, columns: 2) { values in
            let adjoints = values + program.count
            program.reverse(values, into: adjoints)
            return (values[program.root], program.inputs(of: adjoints))
        }
    }

    /// The value at a point and its slopes in every coefficient.
    func coefficientSlopes(at point: Point) -> (value: Double, slopes: [Double]) {
        let tape = compiled.tape
        let count = program.count
        return program.withValues(at: point, columns: 2) { values in
            let adjoints = values + count
            program.reverse(values, into: adjoints)
            program.reverseScalars(values, into: adjoints)
            var slopes = [Double](repeating: 0, count: coefficients.count)
            for (index, node) in tape.nodes.enumerated() where node.operation == .coefficient {
                slopes[Int(node.a)] = adjoints[index]
            }
            return (values[tape.root], slopes)
        }
    }

    /// The second derivatives at a point in N, D and available U: a row of slopes of slopes for each.
    func curvature(at point: Point) -> InlineArray<3, InlineArray<4, Double>> {
        program.curvature(at: point)
    }

    /// The second derivatives along a coefficient: of the slope in each coefficient.
    ///
    /// Forward mode along it, then reverse mode over both the values and their tangents.
    func coefficientCurvature(at point: Point, along direction: Int) -> [Double] {
        let tape = compiled.tape
        let count = program.count
        return program.withValues(at: point, columns: 4) { values in
            let tangents = values + count
            let adjoints = values + 2 * count
            let adjointTangents = values + 3 * count
            tangents.initialize(repeating: 0, count: 3 * count)
            for (index, node) in tape.nodes.enumerated() {
                switch node.operation {
                case .coefficient: tangents[index] = Int(node.a) == direction ? 1 : 0
                case .constant, .input, .guardedLogarithm: break
                default:
                    let slopes = PointArithmetic.slopes(
                        node.operation, values[Int(node.a)], node.b < 0 ? 0 : values[Int(node.b)],
                        node.c < 0 ? 0 : values[Int(node.c)], value: values[index])
                    tangents[index] = Self.product(slopes.a, tangents[Int(node.a)])
                    if node.arity == 2 { tangents[index] += Self.product(slopes.b, tangents[Int(node.b)]) }
                }
            }
            adjoints[tape.root] = 1
            for index in stride(from: count - 1, through: 0, by: -1) {
                let node = tape.nodes[index]
                guard node.arity > 0 else { continue }
                let adjoint = adjoints[index]
                let adjointTangent = adjointTangents[index]
                if adjoint == 0, adjointTangent == 0 { continue }
                let a = Int(node.a)
                let partials = PointArithmetic.partials(
                    node.operation, values[a], node.b < 0 ? 0 : values[Int(node.b)],
                    node.c < 0 ? 0 : values[Int(node.c)], value: values[index])
                let tangentA = tangents[a]
                let tangentB = node.arity == 2 ? tangents[Int(node.b)] : 0
                adjoints[a] += Self.product(partials.a, adjoint)
                adjointTangents[a] +=
                    Self.product(partials.a, adjointTangent)
                    + adjoint * (Self.product(partials.aa, tangentA) + Self.product(partials.ab, tangentB))
                if node.arity == 2 {
                    let b = Int(node.b)
                    adjoints[b] += Self.product(partials.b, adjoint)
                    adjointTangents[b] +=
                        Self.product(partials.b, adjointTangent)
                        + adjoint * (Self.product(partials.ab, tangentA) + Self.product(partials.bb, tangentB))
                }
            }
            var coefficients = [Double](repeating: 0, count: self.coefficients.count)
            for (index, node) in tape.nodes.enumerated() {
                if node.operation == .coefficient { coefficients[Int(node.a)] = adjointTangents[index] }
            }
            return coefficients
        }
    }

    /// A product in which 0 times anything is 0, so that a steep part with a tangent of 0 adds no NaN.
    @inline(__always)
    private static func product(_ slope: Double, _ factor: Double) -> Double {
        factor == 0 ? 0 : slope * factor
    }

    // MARK: Diagnosis

    /// The first part of the formula that is not finite at a point although its operands are.
    func fault(at point: Point) -> LawError? {
        let tape = compiled.tape
        return program.withValues(at: point, columns: 1) { values -> LawError? in
            for (index, node) in tape.nodes.enumerated() where !values[index].isFinite {
                let isLeaf = node.operation == .constant || node.operation == .coefficient || node.operation == .input
                let operands = isLeaf ? [] : [node.a, node.b, node.c].filter { $0 >= 0 }.map { values[Int($0)] }
                if operands.allSatisfy(\.isFinite) {
                    return .notFinite(
                        part: Formula.text(of: tape.origins[index]), value: values[index],
                        run: describe(point), model: compiled.model)
                }
            }
            return nil
        }
    }

    /// The error for a value or derivative at a point that is not finite.
    func notFinite(_ value: Double, of part: String? = nil, at point: Point) -> LawError {
        fault(at: point)
            ?? .notFinite(
                part: part ?? compiled.formula.description, value: value, run: describe(point), model: compiled.model)
    }

    private func describe(_ point: Point) -> String {
        let symbols = compiled.formula.symbols
        var parts: [String] = []
        if !symbols.isDisjoint(with: [.parameters, .compute]) { parts.append("N = \(point.parameters)") }
        if !symbols.isDisjoint(with: [.tokens, .compute, .repetitions, .uniqueTokens]) {
            parts.append("D = \(point.tokens)")
        }
        if !symbols.isDisjoint(with: [.repetitions, .uniqueTokens]) { parts.append("U = \(point.uniqueTokens)") }
        if symbols.contains(.epochs) { parts.append("r = \(point.epochs)") }
        for (name, value) in features.sorted(by: { $0.key < $1.key }) { parts.append("\(name) = \(value)") }
        return parts.isEmpty ? "every run" : parts.joined(separator: ", ")
    }
}

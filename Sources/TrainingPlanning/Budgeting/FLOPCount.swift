import ScalingLaws

/// A FLOP model ready to evaluate, in logarithms.
struct FLOPCount: Sendable {
    private let logFactor: Double?
    private let perToken: CompiledLaw?

    init(_ model: FLOPModel) throws(LawError) {
        if let factor = model.perParameterAndToken {
            logFactor = Elementary.log(factor)
            perToken = nil
        } else {
            logFactor = nil
            perToken = try PerToken(formula: model.perToken, name: model.name).compiled()
        }
    }

    /// ln FLOPs for each token, at ln N.
    func logPerToken(_ x: Double) -> Double {
        if let logFactor { return logFactor + x }
        guard let value = try? perToken?.loss(parameters: Elementary.exp(x), tokens: 1), value > 0 else { return .nan }
        return Elementary.log(value)
    }

    /// d ln FLOPs for each token / d ln N.
    func slope(_ x: Double) -> Double {
        if logFactor != nil { return 1 }
        let parameters = Elementary.exp(x)
        guard let gradient = try? perToken?.gradient(parameters: parameters, tokens: 1, uniqueTokens: 1) else {
            return .nan
        }
        return gradient.byParameters * parameters / gradient.loss
    }

    /// ln N at which one token costs this many FLOPs, searched within a range.
    func logParameters(perToken target: Double, within range: ClosedRange<Double>) -> Double {
        if let logFactor { return target - logFactor }
        return Bisection.root(range.lowerBound, range.upperBound) { logPerToken($0) - target }
    }

    private struct PerToken: ScalingLaw {
        let formula: Formula
        let name: String

        var card: ModelCard {
            ModelCard(
                identifier: name, summary: "FLOPs for each token", coefficients: [],
                provenance: Provenance(kind: .user, source: "the plan's count of FLOPs"))
        }

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { formula }
    }
}

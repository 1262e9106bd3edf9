public import LawFitting
import ScalingLaws

/// A simulated test of a design: laws are drawn, its runs simulated with scatter, the law fitted again, and the
/// forecasts compared.
public struct DesignTrial: Sendable, Hashable {
    /// How well the runs determine a coefficient.
    public struct Coefficient: Sendable, Hashable {
        /// Its name.
        public let name: String

        /// The root mean square error of the fits; for a factor, that of its logarithm.
        public let error: Double

        /// The uncertainty before the runs: the standard deviation over the laws drawn; for a factor, that of its
        /// logarithm.
        public let before: Double

        /// How well the runs determine it.
        public let verdict: Identifiability
    }

    /// The width of the 90 % range of the forecast's ln L around the true one: 2·1.645 of the root mean square error.
    public let width: Double

    /// The same for ln N of the best size at the big run's compute; `nil` where the laws have none.
    public let sizeWidth: Double?

    /// The width before any run: that over the laws drawn.
    public let widthBefore: Double

    /// The coefficients that are fitted.
    public let coefficients: [Coefficient]

    /// How many laws were simulated and fitted again.
    public let trials: Int

    /// How many of them could not be fitted.
    public let failures: Int

    /// The 90 % range in standard deviations.
    static let reach = 2 * NormalDistribution.quantile(0.95)

    /// Simulates and fits.
    ///
    /// - Parameters:
    ///   - runs: The design.
    ///   - belief: The knowledge of the law; its draws are the truths.
    ///   - target: The big run.
    ///   - scatter: The standard deviation of a run's ln L.
    ///   - seed: The seed of the scatter.
    /// - Throws: ``DesignError`` if the runs cannot separate the coefficients, or too few fits succeed.
    init(
        _ runs: [DesignedRun], belief: CoefficientBelief, target: TrainingRun, scatter: Double, seed: UInt64
    ) throws(DesignError) {
        let card = belief.law.card
        // The mean absolute error of a normal distribution is √(2/π) of its deviation.
        let options = FitOptions(
            search: .local(from: Dictionary(uniqueKeysWithValues: zip(card.coefficientNames, belief.center))),
            held: belief.held, prior: .given(belief.prior), dependence: 1, scatter: 0.797_884_560_802_865_4 * scatter)
        let fitter = LawFitter(belief.law, options: options)
        var generator = SeededGenerator(seed: seed)
        var errors: [Double] = []
        var sizeErrors: [Double] = []
        var truths: [Double] = []
        var misses = [[Double]](repeating: [], count: card.coefficients.count)
        var failures = 0
        let asked = try wrapped { () throws(LawError) in try CompiledLaw(belief.law, coefficients: belief.center) }
        for draw in belief.draws {
            // Every law takes the same number of random numbers, so that one that fails does not shift the next.
            let noise = runs.map { _ in scatter * generator.normal() }
            do {
                let truth = try asked.with(coefficients: draw)
                let measured = try zip(runs, noise).map { run, noise in
                    let loss = try truth.loss(
                        parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
                    return MeasuredRun(
                        parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens,
                        loss: loss * Elementary.exp(noise))
                }
                let fit = try fitter.fit(try MeasuredRuns(measured))
                let expected = Elementary.log(try truth.loss(of: target))
                errors.append(Elementary.log(try fit.compiled.loss(of: target)) - expected)
                truths.append(expected)
                if let best = ComputeFrontier.best(truth, compute: target.compute),
                    let found = ComputeFrontier.best(fit.compiled, compute: target.compute)
                {
                    sizeErrors.append(Elementary.log(found.parameters / best.parameters))
                }
                for index in misses.indices {
                    misses[index].append(
                        belief.isFactor[index]
                            ? Elementary.log(fit.coefficients[index] / draw[index])
                            : fit.coefficients[index] - draw[index])
                }
            } catch let error as FittingError {
                // If runs cannot separate the coefficients, the design is at fault and not the draw.
                switch error {
                case .unknowable, .tooFewRuns, .unusableOption: throw .fitting(error)
                default: failures += 1
                }
            } catch {
                failures += 1
            }
        }
        guard errors.count >= 20, errors.count * 2 >= belief.draws.count else {
            throw .unusable(
                "law '\(card.identifier)' could be fitted to \(errors.count) of \(belief.draws.count) simulated sweeps: "
                    + "too few to say how wide its forecast is")
        }
        func meanSquareRoot(_ values: [Double]) -> Double {
            (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
        }
        width = Self.reach * meanSquareRoot(errors)
        widthBefore = Self.reach * OrderStatistics.deviation(truths)
        sizeWidth = sizeErrors.count * 2 >= errors.count ? Self.reach * meanSquareRoot(sizeErrors) : nil
        trials = errors.count
        self.failures = failures
        let fitted = card.coefficients.indices.filter { index in
            belief.isFitted[index]
        }
        coefficients = fitted.map { index in
            let isFactor = belief.isFactor[index]
            let error = meanSquareRoot(misses[index])
            let before = OrderStatistics.deviation(
                belief.draws.map { isFactor ? Elementary.log($0[index]) : $0[index] })
            return Coefficient(
                name: card.coefficients[index].name, error: error, before: before,
                verdict: Self.verdict(error, before: before, value: belief.center[index], isFactor: isFactor))
        }
    }

    /// The largest share of a coefficient's prior uncertainty that may be left if the runs determine it at all.
    private static let mostLeft = 0.9

    private static func verdict(_ error: Double, before: Double, value: Double, isFactor: Bool) -> Identifiability {
        guard error < mostLeft * before else { return .priorAlone }
        // As `fit` decides: within a factor of 3, or narrower than the value itself.
        let isNarrow = isFactor ? reach * error < 1.098_612_288_668_11 : reach * error < abs(value)
        return isNarrow ? .identified : .weak
    }
}

/// A law's error as one of a design.
func wrapped<Value>(_ body: () throws(LawError) -> Value) throws(DesignError) -> Value {
    do throws(LawError) { return try body() } catch { throw .law(error) }
}

import Bounded
import Chinchilla
import Foundation
import LawFitting
import Lovelace
import Muennighoff
import ScalingLaws

/// One of the four laws whose constants are fitted here, with the fit that its card states.
struct CardFit {
    var law: any ScalingLaw
    var type: String
    var folder: String
    var prior: CoefficientPrior
    var scatter: Double
    var held: [String: Double]
    var runs: MeasuredRuns
    var unit: ResampleUnit

    /// The four, on all public runs.
    static func all(_ data: PublicRuns) throws -> [CardFit] {
        let c4 = try data.c4(weighted: true)
        return [
            CardFit(
                law: BoundedLogLaw(), type: "BoundedLogLaw", folder: "Bounded", prior: BoundedLogLaw.backbonePrior,
                scatter: 0.02, held: ["gap": 0], runs: c4, unit: .uniqueTokens),
            CardFit(
                law: LovelaceLogLaw(), type: "LovelaceLogLaw", folder: "Lovelace",
                prior: LovelaceLogLaw.backbonePrior, scatter: 0.02, held: ["gap": 0], runs: c4, unit: .uniqueTokens),
            CardFit(
                law: SoftChinchillaLaw(), type: "SoftChinchillaLaw", folder: "Chinchilla",
                prior: SoftChinchillaLaw.prior, scatter: 0.004, held: [:], runs: try data.chinchilla(), unit: .runs),
            CardFit(
                law: SoftMuennighoffLaw(), type: "SoftMuennighoffLaw", folder: "Muennighoff",
                prior: SoftMuennighoffLaw.backbonePrior, scatter: 0.02, held: [:], runs: try data.c4PaperFit(),
                unit: .uniqueTokens),
        ]
    }

    func options(held: [String: Double]? = nil) -> FitOptions {
        FitOptions(held: held ?? self.held, prior: .given(prior), dependence: 1, scatter: scatter)
    }

    /// The central set.
    func fit(_ some: MeasuredRuns? = nil) throws -> LawFit {
        try LawFitter(law, options: options()).fit(some ?? runs)
    }

    /// Draws around it: groups and runs resampled, centers jittered, and what is held drawn from its own prior.
    func draws(_ fit: LawFit, count: Int, seed: UInt64) throws -> [[Double]] {
        guard held["gap"] != nil else {
            return try fit.bootstrap(BootstrapOptions(samples: count, unit: unit, seed: seed)).members
        }
        let names = law.card.coefficientNames
        let start = Dictionary(zip(names, fit.coefficients), uniquingKeysWith: { first, _ in first })
        let resamples = try fit.resamples(BootstrapOptions(samples: count, unit: unit, seed: seed))
        var generator = NormalDraws(seed: seed &+ 77)
        var members: [[Double]] = []
        for counts in resamples {
            var moved = prior
            for index in moved.terms.indices where moved.terms[index].quantity != "gap" {
                moved.terms[index].center += moved.terms[index].width * generator.next()
            }
            var some = fit.runs
            for index in some.runs.indices { some.runs[index].weight *= Double(counts[index]) }
            some = try some.filtered { $0.weight > 0 }
            let drawn = FitOptions(
                search: .local(from: start), held: ["gap": 0.1 * generator.next()], prior: .given(moved),
                dependence: 1, scatter: scatter)
            members.append(try LawFitter(law, options: drawn).fit(some).coefficients)
        }
        return members
    }
}

/// Normal numbers from SplitMix64 by the Box–Muller transform.
struct NormalDraws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((z ^ (z &>> 31)) &>> 11) + 0.5) * 0x1p-53
    }

    mutating func next() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

    mutating func index(below bound: Int) -> Int { min(Int(unit() * Double(bound)), bound - 1) }
}

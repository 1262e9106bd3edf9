import Bounded
import Chinchilla
import Foundation
import Gadre
import LawFitting
import Lovelace
import Muennighoff
import ScalingLaws

/// A way of fitting a law.
struct Method {
    var name: String
    var law: any ScalingLaw
    var options = FitOptions()
    var choosesStrength = false

    func fit(_ runs: MeasuredRuns) -> LawFit? {
        do {
            let fitter = LawFitter(law, options: options)
            return try (choosesStrength ? fitter.choosingStrength(on: runs).fitter : fitter).fit(runs)
        } catch {
            return nil
        }
    }

    /// The laws of one epoch, with their priors and without.
    static func single(_ dependence: Double) -> [Method] {
        [
            Method(name: "chinchilla", law: ChinchillaLaw()), Method(name: "gadre", law: GadreLaw()),
            Method(
                name: "chinchilla-soft", law: SoftChinchillaLaw(),
                options: FitOptions(prior: .given(SoftChinchillaLaw.prior), dependence: dependence)),
        ]
    }

    /// The laws of repeated data: those with priors on the backbone alone, never from the runs themselves.
    static func repeated(_ dependence: Double) -> [Method] {
        func generic(_ law: any ScalingLaw, _ prior: CoefficientPrior) -> Method {
            Method(
                name: law.card.identifier, law: law,
                options: FitOptions(prior: .given(prior), dependence: dependence))
        }
        return [
            generic(BoundedLogLaw(), BoundedLogLaw.backbonePrior),
            generic(LovelaceLogLaw(), LovelaceLogLaw.backbonePrior),
            generic(SoftMuennighoffLaw(), SoftMuennighoffLaw.backbonePrior),
        ]
    }

    /// The published forms fitted freely, as they stand.
    static var asTheyStand: [Method] {
        [
            Method(name: "chinchilla", law: ChinchillaLaw()), Method(name: "muennighoff", law: MuennighoffLaw()),
            Method(name: "lovelace", law: LovelaceLaw()),
            Method(name: "bounded-overfitting", law: BoundedOverfittingLaw()),
        ]
    }
}

enum Forecasts {
    static let singleLimits: [String: [Double]] = [
        "chinchilla": [1e19, 2e19, 3e19, 6e19, 1e20, 2e20, 3e20], "c4, one epoch": [1e19, 1e20, 2e20, 3e20],
        "gemstones": [1e19, 1.5e19, 2e19, 3e19, 5e19, 7e19, 1e20],
    ]

    static func sets(_ data: PublicRuns) throws -> [(String, MeasuredRuns)] {
        [
            ("chinchilla", try data.chinchilla()), ("c4, one epoch", try data.c4OneEpoch()),
            ("gemstones", try data.gemstones()),
        ]
    }

    /// The errors of runs of 10·T and more under a fit to runs of at most T.
    static func errors(_ method: Method, _ runs: MeasuredRuns, _ limit: Double) throws -> [Double]? {
        let flops = runs.flops
        let trained = try runs.selecting(runs.runs.indices.filter { flops[$0] <= limit })
        let tested = runs.runs.indices.filter { flops[$0] >= 10 * limit }
        guard !tested.isEmpty, let fit = method.fit(trained) else { return nil }
        return tested.compactMap { index in
            fit.predictedLoss(of: runs.runs[index]).map { log($0 / runs.runs[index].loss) }
        }
    }

    static func print(_ data: PublicRuns, _ dependences: [Double]) throws {
        for (name, runs) in try sets(data) {
            for dependence in dependences {
                for method in Method.single(dependence) {
                    line("\(name), \(method.name), dependence \(dependence)", method, runs, singleLimits[name] ?? [])
                }
            }
        }
        let c4 = try data.c4()
        for dependence in dependences {
            for method in Method.repeated(dependence) {
                line("c4, \(method.name), dependence \(dependence)", method, c4, [1e19, 1e20, 3e20])
            }
        }
        for method in Method.asTheyStand { line("c4, \(method.name)", method, c4, [1e19, 1e20, 3e20]) }
    }

    static func line(_ label: String, _ method: Method, _ runs: MeasuredRuns, _ limits: [Double]) {
        var means: [Double] = []
        var parts: [String] = []
        for limit in limits {
            guard let errors = try? errors(method, runs, limit) else {
                parts.append("–")
                continue
            }
            let sizes = errors.map { abs(exp($0) - 1) }.sorted()
            let mean = sizes.reduce(0, +) / Double(sizes.count)
            means.append(mean)
            let bias = errors.reduce(0, +) / Double(errors.count)
            parts.append(
                String(
                    format: "%.0e: %.2f (%.2f; bias %+.2f; n %d)", limit, 100 * mean, 100 * sizes[sizes.count / 2],
                    100 * bias, sizes.count))
        }
        let mean = means.reduce(0, +) / Double(max(means.count, 1))
        Swift.print("\(label): mean \(MeasureLaws.percent(mean)) | " + parts.joined(separator: " | "))
    }
}

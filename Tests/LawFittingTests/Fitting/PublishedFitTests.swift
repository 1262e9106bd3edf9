import LawFitting
import ScalingLaws
import Testing

/// Fits that others published, repeated on their runs; skipped where the runs are absent.
@Suite(.enabled(if: SampleTables.hasPublishedRuns, "the published runs are not beside the package"))
struct PublishedFitTests {
    // Effect of δ on the 240 points of Besiroglu et al. 2024, arXiv:2404.10102 (epoch-research/analyzing-chinchilla):
    // δ = 1e-3 is the notebook's plain Huber fit (477.84, 2143.86, 1.81724, 0.347313, 0.367183), the narrowest the
    // published one (482.01, 2085.43, 1.8172, 0.3478, 0.3658); computed with SciPy.
    struct Row: Sendable {
        var delta: Double
        var sizeFactor: Double
        var dataFactor: Double
        var floor: Double
        var alpha: Double
        var beta: Double
    }

    static let sweep = [
        Row(delta: 1e-1, sizeFactor: 593.3, dataFactor: 4875.6, floor: 1.8646, alpha: 0.3603, beta: 0.4059),
        Row(delta: 1e-2, sizeFactor: 538.8, dataFactor: 2905.6, floor: 1.8381, alpha: 0.3544, beta: 0.3815),
        Row(delta: 1e-3, sizeFactor: 477.83, dataFactor: 2143.42, floor: 1.81722, alpha: 0.34731, beta: 0.36717),
        Row(delta: 1e-4, sizeFactor: 478.69, dataFactor: 2065.41, floor: 1.81582, alpha: 0.34741, beta: 0.36538),
        Row(delta: 1e-7, sizeFactor: 482.00, dataFactor: 2085.39, floor: 1.81686, alpha: 0.34781, beta: 0.36585),
    ]

    @Test("the fit of 240 runs moves with delta as SciPy's does", arguments: sweep)
    func deltas(row: Row) throws {
        let fit = try LawFitter(
            SampleTables.law("chinchilla"), options: FitOptions(objective: .huber(delta: row.delta))
        ).fit(SampleTables.chinchilla())
        #expect(agree(fit["A"] ?? 0, row.sizeFactor, within: 2e-4))
        #expect(agree(fit["B"] ?? 0, row.dataFactor, within: 2e-4))
        #expect(abs((fit["E"] ?? 0) - row.floor) < 6e-5)
        #expect(abs((fit["alpha"] ?? 0) - row.alpha) < 6e-5)
        #expect(abs((fit["beta"] ?? 0) - row.beta) < 6e-5)
        if row.delta == 1e-3 { #expect(agree(fit.objectiveValue, 0.00101827402, within: 1e-8)) }
    }

    @Test("absolute errors give the published constants of Besiroglu et al. 2024, table 1")
    func published() throws {
        let fit = try LawFitter(
            SampleTables.law("chinchilla"), options: FitOptions(objective: .absolute)
        ).fit(SampleTables.chinchilla())
        #expect(agree(fit["A"] ?? 0, 482.01, within: 0.01))
        #expect(agree(fit["B"] ?? 0, 2085.43, within: 0.02))
        #expect(abs((fit["E"] ?? 0) - 1.8172) < 0.0005)
        #expect(abs((fit["alpha"] ?? 0) - 0.3478) < 0.001)
        #expect(abs((fit["beta"] ?? 0) - 0.3658) < 0.001)
    }

    static func held() throws -> [String: Double] {
        let card = try SampleTables.law("muennighoff").card
        var held: [String: Double] = [:]
        for coefficient in card.coefficients where !["RD", "RN"].contains(coefficient.name) {
            held[coefficient.name] = coefficient.value
        }
        return held
    }

    // Muennighoff et al. 2023, arXiv:2305.16264 (huggingface/datablations, utils/parametric_fit.ipynb).
    @Test("the published decays are a local minimum, and not the global one")
    func decays() throws {
        let law = try SampleTables.law("muennighoff")
        let runs = try SampleTables.datablations()
        let local = try LawFitter(law, options: FitOptions(search: .local(from: [:]), held: Self.held())).fit(runs)
        #expect(agree(local["RD"] ?? 0, 15.37, within: 1e-3))
        #expect(agree(local["RN"] ?? 0, 5.315, within: 1e-3))
        #expect(agree(local.objectiveValue, 0.0158259, within: 1e-5))
        let global = try LawFitter(law, options: FitOptions(held: Self.held())).fit(runs)
        #expect(agree(global["RD"] ?? 0, 95.4, within: 2e-3))
        #expect(agree(global["RN"] ?? 0, 1.71, within: 5e-3))
        #expect(global.objectiveValue < local.objectiveValue * 0.9988)
    }

    /// All coefficients free on the same 182 runs; objectives computed with SciPy.
    @Test(
        "laws compare on the same runs as computed elsewhere",
        arguments: [
            ("chinchilla", 0.00895, 0.903, 0.030), ("muennighoff", 0.00653, 0.934, 0.019),
            ("lovelace", 0.00513, 0.961, 0.017),
        ])
    func comparison(name: String, objective: Double, determination: Double, error: Double) throws {
        let fit = try LawFitter(SampleTables.law(name)).fit(SampleTables.datablations())
        #expect(agree(fit.objectiveValue, objective, within: 0.01))
        #expect(abs((fit.determination ?? 0) - determination) < 0.002)
        let errors = fit.relativeErrors.sorted()
        #expect(abs(errors[errors.count / 2] - error) < 0.0015)
    }
}

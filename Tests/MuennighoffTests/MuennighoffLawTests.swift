import Muennighoff
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct MuennighoffLawTests {
    @Test(
        "losses of the authors' README and of runs without repeats",
        arguments: [
            // README of huggingface/datablations.
            (6.34e9, 242e9, 25e9, 2.2256440889984477, 1e-9),
            (8.67e9, 178e9, 25e9, 2.2269634075087867, 1e-9),
            // Nothing repeats and N is below U_N: the C4 backbone alone, computed independently.
            (70e9, 1.4e12, 1e30, 2.024597, 6e-7),
        ])
    func losses(parameters: Double, tokens: Double, unique: Double, expected: Double, tolerance: Double) throws {
        let loss = try MuennighoffLaw().compiled().loss(
            parameters: parameters, tokens: tokens, uniqueTokens: unique)
        #expect(abs(loss - expected) < tolerance)
    }

    @Test(
        "the worth of repeats in passes over fresh data",
        arguments: [
            // 1 + R*(1 − exp(−R/R*)) with R* = 15.387756, computed independently.
            (2.0, 1.968), (4, 3.726), (8, 6.624), (16, 10.582), (32, 14.335), (40, 15.167), (64, 16.131),
            (10_000, 16.388), (1, 1), (0.25, 0.25), (0, 0),
        ])
    func curve(epochs: Double, expected: Double) throws {
        let value = try MuennighoffCurve().compiled().value(epochs: epochs)
        #expect(abs(value - expected) < 6e-4)
    }

    @Test("law and curve keep their promises")
    func conformance() {
        #expect(LawConformance().violations(of: MuennighoffLaw()).isEmpty)
        #expect(LawConformance().violations(of: MuennighoffCurve()).isEmpty)
    }

    @Test("the ensemble spans the decays that the runs allow, and says that it is refit here")
    func ensemble() throws {
        let members = try MuennighoffLaw().compiled().ensemble()
        #expect(members.count == 100)
        let decays = members.map { $0.coefficients[5] }.sorted()
        // The 300 resamples of the bootstrap: 6.3 at 5 %, 47 at the median, unbounded at 95 %.
        #expect(decays[5] > 4 && decays[5] < 9)
        #expect(decays[50] > 20 && decays[50] < 120)
        #expect(decays[95] > 9_000)
        #expect(members.allSatisfy { $0.coefficients[0] == members[0].coefficients[0] })
        #expect(MuennighoffLaw().card.warnings.contains { $0.contains("ensemble is refit here") })
        #expect(MuennighoffCurve().card.ensemble.count == 100)
    }

    @Test(
        "the model size that is optimal for the unique data caps what counts in full",
        arguments: [
            // U_N for U: linear, because alpha = beta; computed independently from the notebook's constants.
            (1e8, 5.09865e6), (1e9, 5.09865e7), (12e9, 6.11838e8), (25e9, 1.27466e9),
        ])
    func usefulParameters(unique: Double, useful: Double) throws {
        let law = try MuennighoffLaw().compiled()
        let bare = try law.with(["RN": 1e6])
        func gap(_ parameters: Double) throws -> Double {
            try law.loss(parameters: parameters, tokens: unique, uniqueTokens: unique)
                - bare.loss(parameters: parameters, tokens: unique, uniqueTokens: unique)
        }
        // Below U_N excess counts for nothing; above it, the decay shows.
        #expect(abs(try gap(useful * 0.9999)) < 1e-12)
        #expect(try gap(useful * 1.1) > 1e-6)
    }

    @Test("at exactly one epoch the slope in D is that of either side")
    func oneEpoch() throws {
        let law = try MuennighoffLaw().compiled()
        let (n, u) = (1e9, 2e10)
        let at = try law.gradient(parameters: n, tokens: u, uniqueTokens: u)
        let below = try law.gradient(parameters: n, tokens: u * (1 - 1e-9), uniqueTokens: u)
        let above = try law.gradient(parameters: n, tokens: u * (1 + 1e-9), uniqueTokens: u)
        #expect(abs(at.byTokens / below.byTokens - 1) < 1e-6)
        #expect(at.byTokens < 0 && above.byTokens < 0)
        #expect(at.byUniqueTokens == 0)
    }

    @Test("with other decays, as members of an ensemble have, the law answers without being compiled again")
    func otherValues() throws {
        let law = try MuennighoffLaw().compiled()
        let patient = try law.with(["RD": 95.4, "RN": 1.71])
        let impatient = try law.with(["RD": 6.5, "RN": 14])
        let losses = try [patient, law, impatient].map { law throws in
            try law.loss(parameters: 1e9, tokens: 1e12, uniqueTokens: 1e10)
        }
        #expect(losses[0] < losses[1])
        #expect(losses[1] < losses[2])
    }

    @Test("without decay every pass is worth as much as the first", arguments: [1e10, 1e15, 1e16, 1e17, 1e300])
    func noDecay(decay: Double) throws {
        let curve = try CompiledCurve(MuennighoffCurve(), coefficients: [decay])
        for epochs in [1.001, 2, 7, 40, 1_000] {
            #expect(abs(try curve.value(epochs: epochs) / epochs - 1) < 1e-6)
        }
        let law = try CompiledLaw(MuennighoffLaw(), replacing: ["RD": decay])
        let point = try law.loss(parameters: 1e9, tokens: 1e11, uniqueTokens: 1e10)
        let near = try CompiledLaw(MuennighoffLaw(), replacing: ["RD": 1e9])
            .loss(parameters: 1e9, tokens: 1e11, uniqueTokens: 1e10)
        #expect(abs(point / near - 1) < 1e-9)
    }
}

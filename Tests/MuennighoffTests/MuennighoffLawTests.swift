import Muennighoff
import ScalingLaws
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
}

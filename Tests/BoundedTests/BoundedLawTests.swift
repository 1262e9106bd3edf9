import Bounded
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct BoundedLawTests {
    @Test("the refitted law keeps the promises of laws")
    func conformance() {
        #expect(LawConformance().violations(of: BoundedOverfittingLaw()).isEmpty)
    }

    @Test("the published form does, but that its overfitting term grows with the model even where nothing repeats")
    func publishedForm() {
        let checks = LawConformance(exceptions: [.fallsWithParameters, .repetition])
        #expect(checks.violations(of: BoundedLaw()).isEmpty)
        #expect(throws: LawError.missingCoefficient("E", model: "bounded")) { try BoundedLaw().compiled() }
    }

    @Test(
        "losses with the constants refitted here, computed independently with 30 digits",
        arguments: [
            (1e9, 20e9, 20e9, 2.83909629138576), (1e9, 20e9, 1e9, 3.00000121148548),
            (8.67e9, 178e9, 25e9, 2.43372067005264), (1e9, 1e12, 1e8, 9.6825867753349),
        ])
    func losses(parameters: Double, tokens: Double, unique: Double, expected: Double) throws {
        let loss = try BoundedOverfittingLaw().compiled().loss(
            parameters: parameters, tokens: tokens, uniqueTokens: unique)
        #expect(abs(loss / expected - 1) < 1e-13)
    }

    @Test("the loss stays between floor and ignorance, however far out")
    func bounds() throws {
        let law = try BoundedOverfittingLaw().compiled()
        let (floor, level) = (law.coefficients[0], law.coefficients[1])
        for (n, d, u) in [(1e3, 1e3, 1e3), (1e15, 1e18, 1e3), (1e15, 1e18, 1e18), (1e12, 1e12, 1e6)] {
            let loss = try law.loss(parameters: n, tokens: d, uniqueTokens: u)
            #expect(loss >= floor && loss <= level)
        }
    }

    @Test("past some point more repeats harm, and stronger with larger models")
    func harm() throws {
        let law = try BoundedOverfittingLaw().compiled()
        func loss(_ n: Double, _ epochs: Double) throws -> Double {
            try law.loss(parameters: n, tokens: 1e9 * epochs, uniqueTokens: 1e9)
        }
        #expect(try loss(1e9, 4) < loss(1e9, 1))
        #expect(try loss(1e9, 1_000) > loss(1e9, 30))
        #expect(try loss(1e10, 1_000) > loss(1e9, 1_000))
    }

    @Test("every member of the ensemble is a usable set of constants")
    func ensemble() throws {
        let members = try BoundedOverfittingLaw().compiled().ensemble()
        #expect(members.count == 100)
        let losses = try members.map { law throws in try law.loss(parameters: 1e9, tokens: 20e9, uniqueTokens: 5e9) }
        #expect((losses.min() ?? 0) > 2.6 && (losses.max() ?? 9) < 3.1)
    }
}

import ScalingLaws
import ScalingLawsTesting
import Sedova
import Testing

@Suite struct SedovaCurveTests {
    @Test("the curve keeps the promises of curves")
    func conformance() {
        #expect(LawConformance().violations(of: SedovaCurve()).isEmpty)
    }

    @Test(
        "where a source is worth tau times the rest, repeats pay up to 1 + r1·ln tau passes",
        arguments: [(5.0, 8.0), (20, 5)])
    func optimum(tau: Double, decay: Double) throws {
        let curve = try CompiledCurve(SedovaCurve(), coefficients: [decay])
        // tau·ρ′(r) = 1 at the optimum: 13.8755 for (5, 8), 15.9787 for (20, 5), the closed form.
        let best = 1 + decay * Elementary.log(tau)
        let (_, slope) = try curve.valueAndSlope(epochs: best)
        #expect(abs(tau * slope - 1) < 1e-12)
        #expect(abs(best - (tau == 5 ? 13.8755 : 15.9787)) < 1e-4)
    }

    @Test("it has no constants of its own")
    func missing() {
        #expect(throws: LawError.missingCoefficient("r1", model: "sedova")) { try SedovaCurve().compiled() }
    }
}

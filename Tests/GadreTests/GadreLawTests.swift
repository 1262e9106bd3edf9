import Gadre
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct GadreLawTests {
    @Test("the law keeps the promises of laws")
    func conformance() {
        #expect(LawConformance().violations(of: GadreLaw()).isEmpty)
    }

    @Test("it is Chinchilla's form with equal exponents 2·eta")
    func chinchilla() throws {
        let (a, b, eta) = (80.0, 160.0, 0.12)
        let law = try CompiledLaw(GadreLaw(), coefficients: [1.5, a, b, eta])
        for (n, d) in [(1e8, 2e9), (1.4e9, 900e9)] {
            // M^eta·C^−eta = 6^−eta·N^−2eta, and likewise for D.
            let scale = Elementary.pow(6, -eta)
            let expected =
                1.5 + a * scale / Elementary.pow(n, 2 * eta) + b * scale / Elementary.pow(d, 2 * eta)
            #expect(abs(try law.loss(parameters: n, tokens: d) / expected - 1) < 1e-13)
        }
    }
}

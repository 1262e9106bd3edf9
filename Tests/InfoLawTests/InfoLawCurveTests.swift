import InfoLaw
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct InfoLawCurveTests {
    @Test("the curve keeps the promises of curves")
    func conformance() {
        #expect(LawConformance().violations(of: InfoLawCurve()).isEmpty)
    }

    @Test(
        "values computed independently with 30 digits, at 300 billion tokens",
        arguments: [
            (7e9, 2.0, 1.88623475222), (7e9, 4, 3.36770622943), (7e9, 8, 5.44515013009), (7e9, 20, 8.00485652617),
            (1e9, 2, 1.89541789541), (1e9, 8, 5.61048548104), (1e9, 20, 8.51218268295),
        ])
    func values(parameters: Double, epochs: Double, expected: Double) throws {
        let value = try InfoLawCurve().compiled().value(epochs: epochs, parameters: parameters, tokens: 300e9)
        #expect(abs(value / expected - 1) < 1e-11)
    }
}

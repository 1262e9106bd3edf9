import Bounded
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct BoundedLogLawTests {
    @Test("the law keeps the promises of laws, and every draw is a usable set of constants")
    func conformance() throws {
        #expect(LawConformance().violations(of: BoundedLogLaw()).isEmpty)
        let law = try BoundedLogLaw().compiled()
        #expect(try law.ensemble().count == 100)
        #expect(law.card.prior?.isDefault == true)
        #expect(law.card.forecastError != nil)
        #expect(law.card.setup.weightDecay == 0.1)
    }
}

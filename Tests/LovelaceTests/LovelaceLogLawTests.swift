import Lovelace
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct LovelaceLogLawTests {
    @Test("the law keeps the promises of laws, and every draw is a usable set of constants")
    func conformance() throws {
        #expect(LawConformance().violations(of: LovelaceLogLaw()).isEmpty)
        let law = try LovelaceLogLaw().compiled()
        #expect(try law.ensemble().count == 100)
        #expect(law.card.prior?.isDefault == true)
        #expect(law.card.forecastError != nil)
        #expect(law.card.setup.weightDecay == 0.1)
    }
}

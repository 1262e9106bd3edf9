import Muennighoff
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct SoftMuennighoffLawTests {
    @Test("the law keeps the promises of laws, with draws, prior and measured error")
    func conformance() throws {
        #expect(LawConformance().violations(of: SoftMuennighoffLaw()).isEmpty)
        let card = SoftMuennighoffLaw().card
        #expect(card.ensemble.count == 100)
        #expect(card.prior?.isDefault == true)
        #expect(card.family == MuennighoffLaw().card.family)
        #expect(card.forecastError != nil)
    }

    @Test("repeats are worth less and less and never harm")
    func repeats() throws {
        let law = try SoftMuennighoffLaw().compiled()
        var last = Double.infinity
        for epochs in [1.0, 2, 4, 16, 64, 1_000] {
            let loss = try law.loss(parameters: 1e9, tokens: 1e10 * epochs, uniqueTokens: 1e10)
            #expect(loss <= last)
            last = loss
        }
    }
}

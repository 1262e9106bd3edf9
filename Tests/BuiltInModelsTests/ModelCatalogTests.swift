import BuiltInModels
import ScalingLaws
import Testing

@Suite struct ModelCatalogTests {
    @Test(
        "the standard catalog knows each law by its name",
        arguments: [
            "muennighoff", "lovelace", "chinchilla", "chinchilla-rounded", "chinchilla-sardana", "besiroglu",
            "besiroglu-huber",
        ])
    func names(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name)
        #expect(law.card.identifier == name)
        #expect(try law.compiled().loss(parameters: 1e9, tokens: 20e9, uniqueTokens: 20e9).isFinite)
    }

    @Test("every model says where its numbers come from")
    func provenance() {
        let cards = ModelCatalog.standard.laws.models.map(\.card) + ModelCatalog.standard.curves.models.map(\.card)
        for card in cards {
            #expect(!card.provenance.source.isEmpty, "\(card.identifier)")
            #expect(!card.summary.isEmpty, "\(card.identifier)")
        }
    }

    @Test("a catalog is a value: extending a copy leaves the standard one alone")
    func extending() throws {
        struct Flat: ScalingLaw {
            var card: ModelCard {
                ModelCard(
                    identifier: "flat", summary: "always 2", coefficients: [],
                    provenance: Provenance(kind: .user, source: "a test"))
            }
            func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { 2 }
        }
        var models = ModelCatalog.standard
        try models.laws.register(Flat())
        #expect(try models.laws.model(named: "flat").compiled().loss(parameters: 1, tokens: 1) == 2)
        #expect(ModelCatalog.standard.laws["flat"] == nil)
        #expect(throws: LawError.duplicateName("flat", kind: "law")) { try models.laws.register(Flat()) }
    }
}

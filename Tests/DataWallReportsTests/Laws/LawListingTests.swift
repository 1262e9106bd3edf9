import BuiltInModels
import DataWallReports
import ScalingLaws
import Testing

@Suite struct LawListingTests {
    @Test("the listing names every model with its provenance")
    func listing() {
        let models = ModelCatalog.standard
        let lines = LawListing(
            laws: models.laws.models, curves: models.curves.models, objectives: models.objectives.models
        ).text(explained: true)
        for name in models.laws.names + models.curves.names + models.objectives.names {
            #expect(lines.contains { $0.hasPrefix(name + " ") }, "\(name)")
        }
        #expect(lines.contains { $0.hasPrefix("lovelace ") && $0.contains("refit here") })
    }
}

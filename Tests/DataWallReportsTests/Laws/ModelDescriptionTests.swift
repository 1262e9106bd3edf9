import BuiltInModels
import DataWallReports
import ScalingLaws
import Testing

@Suite struct ModelDescriptionTests {
    @Test("a law's description says formula, coefficients, range, provenance and warnings")
    func description() throws {
        let law = try ModelCatalog.standard.laws.model(named: "besiroglu")
        #expect(
            ModelDescription(law).text()
                == """
                besiroglu: Chinchilla refitted by Besiroglu et al. 2024, constants as published

                  L = E + A/N^alpha + B/D^beta
                  N parameters, D tokens processed; natural logarithms

                coefficient    value  std. error  meaning
                ───────────  ───────  ──────────  ─────────────────────────────────────
                E             1.8172        0.03  loss that no model and no data remove
                A             482.01      124.58  weight of the model's size
                alpha         0.3478        0.02  exponent of the model's size
                B            2085.43     1293.23  weight of the data
                beta          0.3658        0.02  exponent of the data
                fitted on N 57.3M to 16.2B, D 819M to 318B, epochs 0 to 1, C 1.4e18 to 1.3e22,
                D/N 0.45 to 342
                ! Fitted to points read off a figure: losses to about 0.01, D imputed as C/(6N).
                More: --explain prints coefficients, setup, provenance and evidence; --json
                prints the law file.
                """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        let whole = ModelDescription(law).text(explained: true)
        for line in [
            "constants    published: Besiroglu et al. 2024, arXiv:2404.10102", "family       chinchilla",
            "             log(E): 0.5988 ± 0.100", "setup        corpus MassiveText, loss in nats/token",
        ] {
            #expect(whole.contains(line), "\(line)")
        }
    }

    @Test("parts used more than once are written out once")
    func parts() throws {
        let law = try ModelCatalog.standard.laws.model(named: "muennighoff")
        let lines = ModelDescription(law).text()
        #expect(lines.contains("  x2 = min(N, x1*(x1*U)^(beta/alpha))"))
        #expect(lines.contains("  x1 = (alpha*A/(beta*B))^(1/(alpha + beta))"))
    }

    @Test("every model describes itself", arguments: ModelCatalog.standard.laws.names)
    func all(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name)
        let text = ModelDescription(law).text(explained: true).joined(separator: "\n")
        #expect(text.contains(law.card.provenance.source))
        #expect(text.contains(law.card.provenance.kind.rawValue))
        for coefficient in law.card.coefficients { #expect(text.contains(coefficient.name)) }
    }
}

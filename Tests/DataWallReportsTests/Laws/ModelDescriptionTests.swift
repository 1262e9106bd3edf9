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

                coefficient    value  std. error  bounds    unit                meaning
                ───────────  ───────  ──────────  ────────  ──────────────────  ─────────────────────────────────────
                E             1.8172        0.03  0 and up  nats/token          loss that no model and no data remove
                A             482.01      124.58  0 and up  nats/token·N^alpha  weight of the model's size
                alpha         0.3478        0.02  0 to 3                        exponent of the model's size
                B            2085.43     1293.23  0 and up  nats/token·D^beta   weight of the data
                beta          0.3658        0.02  0 to 3                        exponent of the data

                repetition   none: repeated tokens count like fresh ones, so it holds for single-epoch runs only
                setup        corpus MassiveText, loss in nats/token
                fitted on    N 57.3M to 16.2B, D 819M to 318B, epochs 0 to 1, C 1.4e18 to 1.3e22, D/N 0.45 to 342
                constants    published: Besiroglu et al. 2024, arXiv:2404.10102
                method       Huber density with a free scale on 240 points read from Hoffmann's figure 4; the scale goes to \
                almost 0, which makes it a fit of absolute errors
                family       chinchilla
                prior        with --prior card: published fits to English text in nats per token: E, alpha of Besiroglu \
                et al. 2024, factors of the C4 backbone of Muennighoff et al. 2023; widths as these differ between corpora
                             log(E): 0.5988 ± 0.100
                             log(A) - 19.5*alpha: -0.6210 ± 0.500
                             log(B) - 23.5*beta: -0.9830 ± 0.500
                             alpha: 0.3500 ± 0.0500
                             beta - alpha: 0 ± 0.0500
                warning      Fitted to points read off a figure: losses to about 0.01, D imputed as C/(6N).
                """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
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
        let text = ModelDescription(law).text().joined(separator: "\n")
        #expect(text.contains(law.card.provenance.source))
        #expect(text.contains(law.card.provenance.kind.rawValue))
        for coefficient in law.card.coefficients { #expect(text.contains(coefficient.name)) }
    }
}

import DataWallKit
import Foundation
import TestSupport
import Testing

@Suite struct PublishedMixtureTests {
    @Test("the tables in Datasets are the ones that ship", arguments: PublishedMixture.all.map(\.name))
    func datasets(name: String) throws {
        let file = PackageFolder.dataset("mixtures/published/\(name).csv")
        #expect(try String(contentsOf: file, encoding: .utf8) == PublishedMixture.named(name).csv)
    }

    @Test("the list in Datasets is the one that ships")
    func list() throws {
        let text = try Data(contentsOf: PackageFolder.dataset("mixtures/published.csv"))
        let table = try DelimitedTable(Array(text), called: "list of mixtures")
        func column(_ name: String) throws -> DelimitedTable.Column { try #require(try table.column(name)) }
        let (name, source, unit, budget) = try (column("name"), column("source"), column("unit"), column("budget"))
        #expect(table.rows.map { $0[name] } == PublishedMixture.all.map(\.name))
        for (row, mixture) in zip(table.rows, PublishedMixture.all) {
            #expect(row[source] == mixture.source && row[unit] == mixture.unit)
            #expect(Double(row[budget]) == mixture.budget)
        }
    }

    // Brown et al. 2020, table 2.2, and 300B tokens.
    @Test("of GPT-3's table WebText2, Wikipedia and the sum of the weights contradict themselves, and nothing else")
    func gpt3() throws {
        let table = PublishedMixture.gpt3.table
        for (row, expected) in zip(table.rows, [0.439, 3.474, 2.000, 0.436, 3.000]) {
            #expect(abs(try #require(table.derivedEpochs(row)) - expected) < 5e-4)
        }
        let findings = table.findings()
        #expect(findings.map(\.kind) == [.weightSum, .epochs, .epochs])
        #expect(findings.map(\.source) == [nil, "WebText2", "Wikipedia"])
        #expect(abs(findings[0].printed - 1.01) < 1e-12)
    }

    // Touvron et al. 2023, table 1, and 1,400B tokens.
    @Test("LLaMA's pools follow from weights and epochs")
    func llama1() throws {
        let table = PublishedMixture.llama1.table
        let pools = table.rows.compactMap(table.derivedPool)
        for (pool, expected) in zip(pools, [852.7, 198.1, 98.4, 25.7, 28.3, 33.0, 27.2]) {
            #expect(abs(pool - expected) < 0.05)
        }
        #expect(abs(pools.reduce(0, +) - 1263.5) < 0.1)
        #expect(abs(1400 / pools.reduce(0, +) - 1.108) < 5e-4)
        #expect(table.findings().isEmpty)
    }

    // Gao et al. 2020, table 1.
    @Test("the Pile's weights are its sizes times its epochs, all 22")
    func pile() throws {
        let table = PublishedMixture.pile.table
        #expect(table.rows.count == 22)
        for row in table.rows {
            let (pool, epochs, weight) = (
                try #require(row.pool), try #require(row.epochs), try #require(row.weight)
            )
            #expect(abs(pool.value * epochs.value / 1254.20 - weight.value) < 0.00006 + 1e-9, "\(row.source)")
        }
        #expect(abs(table.rows.compactMap(\.pool?.value).reduce(0, +) - 825.18) < 0.011)
        #expect(abs(try #require(table.rows.reduce(0) { $0 + ($1.consumed?.value ?? 0) }) - 1254.20) < 0.05)
        #expect(table.findings().isEmpty, "\(table.findings())")
        #expect(throws: MixtureError.self) { try PublishedMixture.pile.supply() }
    }

    // OLMo 3, arXiv:2512.13961: pool and mix tables.
    @Test("of OLMo 3's sources just FineMath is read more than four times")
    func olmo3() throws {
        let table = PublishedMixture.olmo3.table
        let epochs = table.rows.map { ($0.consumed?.value ?? 0) / ($0.pool?.value ?? 1) }
        for (epochs, expected) in zip(epochs, [0.554, 0.828, 2.985, 4.457, 2.374, 0.680]) {
            #expect(abs(epochs - expected) < 6e-4)
        }
        #expect(abs(try #require(table.consumedSum) - 5929.31) < 1e-6)
        #expect(table.findings().isEmpty, "\(table.findings())")
        #expect(table.findings(cap: 4).map(\.source) == ["FineMath 3+"])
    }

    @Test("a published mixture's weights stand beside other methods'")
    func method() throws {
        let mixture = PublishedMixture.olmo3
        let question = try MixtureQuestion(
            supply: try mixture.supply(), tokens: 5930e9,
            curve: ModelCatalog.standard.curves.model(named: "muennighoff").compiled(), cap: 4)
        let allocation = try mixture.method.allocation(for: question)
        #expect(abs(allocation.weights.reduce(0, +) - 1) < 1e-12)
        #expect(allocation.sources.filter(\.exceedsCap).map(\.source.name) == ["FineMath 3+"])
    }

    @Test("an unknown name says which are known")
    func unknown() {
        #expect(throws: LawError.self) { try PublishedMixture.named("gtp3") }
    }

    @Test("tables of others are read under their own column names")
    func reader() throws {
        let text =
            "source,pool_size,pool_unit,weight,epochs_published,budget\nweb,100,B,75%,0.75,100\nbooks,10,B,0.25,2.5,100\n"
        let table = try MixtureTableReader().read(text)
        #expect(table.budget == 100)
        #expect(table.rows[0].weight?.value == 0.75)
        #expect(table.findings().isEmpty)
        #expect(throws: TableError.self) { try MixtureTableReader().read("source,pool\na,1\n") }
        #expect(throws: TableError.self) { try MixtureTableReader().read("source,weight\na,much\n") }
        #expect(throws: TableError.self) { try MixtureTableReader().read("source,weight,budget\na,1,2\nb,1,3\n") }
    }
}

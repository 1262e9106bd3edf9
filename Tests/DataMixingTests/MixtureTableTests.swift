import DataMixing
import Testing

@Suite struct MixtureTableTests {
    static func row(_ source: String, _ pool: String, _ weight: String, _ epochs: String, _ consumed: String = "")
        -> MixtureTable.Row
    {
        MixtureTable.Row(
            source: source, pool: PrintedNumber(printed: pool), weight: PrintedNumber(printed: weight),
            epochs: PrintedNumber(printed: epochs), consumed: PrintedNumber(printed: consumed))
    }

    // Dolma 1.7's data card: sampling proportions, and a printed total that has C4 at 100 %.
    @Test("Dolma's printed proportions do not make its printed total, and C4 read in full would")
    func dolma() throws {
        let pools: [(String, String, String)] = [
            ("Dolma's CC", "1195.5", "0.5"), ("Refined Web", "456.4", "1"), ("StarCoder", "263.8", "1"),
            ("C4", "138.4", "0.5"), ("Reddit", "79.9", "1"), ("Semantic Scholar", "57.2", "1"), ("arXiv", "28.0", "1"),
            ("StackExchange", "19.6", "1"), ("Flan", "16.5", "1"), ("CC News", "14.3", "1"),
            ("OpenWebMath", "12.6", "1"), ("Algebraic Stack", "12.6", "1"), ("Project Gutenberg", "5.3", "1"),
            ("MegaWika", "4.6", "1"), ("Wikipedia & Wikibooks", "3.7", "2"),
        ]
        let table = MixtureTable(
            rows: pools.map { Self.row($0.0, $0.1, "", $0.2) }, budget: 1715, unit: "B tokens")
        #expect(abs(try #require(table.consumedSum) - 1645.15) < 1e-9)
        let findings = table.findings()
        #expect(findings.map(\.kind) == [.total])
        #expect(findings[0].description.contains("C4 read once in full they would make 1714.35"), "\(findings)")
    }

    // OLMo 2 (arXiv:2501.00656), table 13: pools, passes as "source %", shares as "mix %".
    @Test(
        "of OLMo 2's mid-training mixtures just Dolmino Math contradicts itself, at 100B and at 300B",
        arguments: [
            (
                50.0, ["0.0323", "0.5", "1", "0.0515", "1", "1"],
                ["0.472", "0.166", "0.0245", "0.0585", "0.0711", "0.208"], 0.0, 51.47
            ),
            (
                100, ["0.0685", "1", "2", "0.167", "1", "2"],
                ["0.502", "0.167", "0.0247", "0.0952", "0.0357", "0.175"], 1.68, 105.92
            ),
            (
                300, ["0.2078", "2", "4", "1", "4", "4"], ["0.519", "0.113", "0.0168", "0.194", "0.0486", "0.108"],
                3.04, 311.51
            ),
        ])
    func olmo2(budget: Double, passes: [String], weights: [String], implied: Double, used: Double) throws {
        let pools = ["752", "17.0", "1.26", "58.6", "3.7", "10.7"]
        let names = ["DCLM", "FLAN", "StackExchange Q&A", "peS2o", "Wikipedia", "Dolmino Math"]
        let table = MixtureTable(
            rows: names.indices.map { Self.row(names[$0], pools[$0], weights[$0], passes[$0]) }, budget: budget)
        #expect(abs(try #require(table.consumedSum) - used) < 0.005)
        let findings = table.findings()
        guard implied > 0 else {
            #expect(findings.isEmpty, "\(findings)")
            return
        }
        #expect(findings.map(\.source) == ["Dolmino Math"])
        #expect(abs(findings[0].implied - implied) < 0.02)
    }

    @Test("weights that do not sum, negative figures and passed caps are found, and exact tables are not")
    func findings() {
        let sound = MixtureTable(
            rows: [Self.row("a", "100", "0.75", "0.75"), Self.row("b", "10", "0.25", "2.5")], budget: 100)
        #expect(sound.findings(cap: 4).isEmpty)
        #expect(sound.findings(cap: 2).map(\.kind) == [.overCap])
        let short = MixtureTable(rows: [Self.row("a", "", "0.75", ""), Self.row("b", "", "0.2", "")])
        #expect(short.findings().map(\.kind) == [.weightSum])
        let negative = MixtureTable(rows: [
            MixtureTable.Row(source: "a", weight: PrintedNumber(-0.5)),
            MixtureTable.Row(source: "b", weight: PrintedNumber(1.5)),
        ])
        #expect(negative.findings().map(\.kind) == [.impossible, .impossible])
    }

    @Test("printed numbers remember what rounding may hide")
    func printed() {
        #expect(PrintedNumber(printed: "0.045")?.rounding == 0.0005)
        #expect(PrintedNumber(printed: "2.50")?.rounding == 0.005)
        #expect(PrintedNumber(printed: "12")?.rounding == 0.5)
        #expect(PrintedNumber(printed: "1e3")?.rounding == 0)
        #expect(PrintedNumber(printed: "") == nil)
        #expect(PrintedNumber(printed: "nan") == nil)
    }
}

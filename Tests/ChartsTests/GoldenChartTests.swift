import Charts
import TestSupport
import Testing

/// What charts look like, byte by byte: look at a changed one in a browser.
@Suite struct GoldenChartTests {
    @Test("every kind of chart is drawn as it was when it was last looked at", arguments: SampleCharts.all.map(\.name))
    func golden(name: String) throws {
        let chart = try #require(SampleCharts.all.first { $0.name == name })
        let golden = GoldenFile("\(name).svg", in: "ChartsTests/Golden")
        #expect(try golden.holds(chart.svg), "\(name).svg differs from the one kept: see GoldenFile")
    }

    @Test("every drawing is well-formed XML with a title and a description", arguments: SampleCharts.all.map(\.name))
    func wellFormed(name: String) throws {
        let chart = try #require(SampleCharts.all.first { $0.name == name })
        let reader = ElementReader()
        try reader.read(chart.svg)
        #expect(reader.names.first == "svg")
        #expect(reader.names.prefix(3).suffix(2) == ["title", "desc"])
        #expect(!reader.names.contains("script"))
        #expect(!chart.svg.contains("NaN") && !chart.svg.contains("inf"))
    }
}

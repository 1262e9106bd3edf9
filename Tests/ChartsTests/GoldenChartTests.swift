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

    /// The tips of a drawing, in order.
    private static func tips(_ svg: String) -> [Substring] { svg.matches(of: #/<title>([^<]*)</#).map(\.1) }

    @Test(
        "a narrow drawing has the marks of the wide one in the same order, so that a page needs their tips once",
        arguments: ["laws", "loss-over-epochs", "tokens-by-source"])
    func marks(name: String) throws {
        let drawings = try ["", "-narrow"].map { suffix in
            try #require(SampleCharts.all.first { $0.name == name + suffix }).svg
        }
        #expect(!Self.tips(drawings[0]).isEmpty)
        #expect(Self.tips(drawings[0]) == Self.tips(drawings[1]))
    }

    @Test("lines of a tip stay lines, long ones are cut, and a drawing may go without tips and texts of its own")
    func tips() {
        let point = PlotPoint(1, 1, tip: "a & b\n" + String(repeating: "c", count: 300))
        func svg(_ frame: ChartFrame) -> String {
            Plot(frame: frame, x: Axis("x"), y: Axis("y"), marks: [.points([point], series: 1, label: nil)]).svg
        }
        let own = svg(ChartFrame("c", title: "T", description: "D"))
        #expect(own.contains("<title>a &amp; b\n\(String(repeating: "c", count: 200))…</title>"))
        let named = svg(ChartFrame("c", title: "T", description: "D", namedBy: ["h", "p"], hasTips: false))
        #expect(named.contains("aria-labelledby=\"h p\"") && !named.contains("<title") && !named.contains("<desc"))
        #expect(named.contains("class=\"mark f1 halo\""))
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

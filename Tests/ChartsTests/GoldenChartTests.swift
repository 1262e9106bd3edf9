import Charts
import Foundation
import Testing

/// What charts look like, byte by byte.
///
/// After a wanted change, write the files anew with `DATAWALL_RECORD=1` and look at each in a browser.
@Suite struct GoldenChartTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    @Test("every kind of chart is drawn as it was when it was last looked at", arguments: SampleCharts.all.map(\.name))
    func golden(name: String) throws {
        let chart = try #require(SampleCharts.all.first { $0.name == name })
        let file = Self.folder.appendingPathComponent("\(name).svg")
        if ProcessInfo.processInfo.environment["DATAWALL_RECORD"] != nil {
            try Data(chart.svg.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(chart.svg == golden, "\(name).svg differs from the one kept: see GoldenChartTests")
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

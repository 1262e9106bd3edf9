import Charts
import Quantities

/// The chart of a mixture before and after: each source's share of the unique tokens, and of the training tokens.
struct MixtureFigure {
    /// A source of it.
    struct Row {
        var name: String
        /// Its share of the unique tokens, where known.
        var natural: Double?
        var weight: Double
        var epochs: Double?
        /// The remark about its cap or floor, or nothing.
        var remark: String
    }

    /// The sources, in any order.
    var rows: [Row]

    /// Sources that the chart names; the table has the lighter ones.
    private static let named = 20

    /// The places of the sources, the heaviest first.
    var order: [Int] {
        rows.indices.sorted { (rows[$1].weight, $0) < (rows[$0].weight, $1) }
    }

    /// The description of the chart, in a sentence or two.
    private var text: String {
        let rest = order.dropFirst(count).reduce(0) { $0 + rows[$1].weight }
        return "Shares of the unique tokens, and of the training tokens as planned."
            + (rows.count > count
                ? " The \(count) heaviest sources; the other \(Quantity.grouped(rows.count - count)) share "
                    + "\(Quantity.percent(rest)) of the training tokens." : "")
    }

    /// How many sources the chart names.
    private var count: Int { rows.count > Self.named + 1 ? Self.named : rows.count }

    /// The chart with the shares that it shows.
    func figure(_ identifier: String) -> PageFigure {
        var table = PageTable(
            "Shares by source", columns: [.text("source"), .number("of the unique tokens"), .number("planned")])
        for index in order.prefix(count) {
            table.add([
                rows[index].name, rows[index].natural.map { Quantity.percent($0) } ?? "–",
                Quantity.percent(rows[index].weight),
            ])
        }
        return PageFigure(
            identifier, title: "The mixture, before and after", text: text, table: table, draw: svg)
    }

    /// Draws the chart.
    func svg(_ frame: ChartFrame) -> String {
        BarChart(
            frame: frame, axis: Axis("share", format: .percent),
            series: [BarSeries("of the unique tokens"), BarSeries("planned", isHatched: true)], rows: bars
        ).svg
    }

    private var bars: [BarRow] { order.prefix(count).map { Self.bar(rows[$0]) } }

    private static func bar(_ row: Row) -> BarRow {
        BarRow(
            row.name,
            bars: [
                [
                    BarSegment(
                        row.natural ?? 0, series: 1,
                        tip: row.natural.map { "\(row.name): \(Quantity.percent($0)) of the unique tokens" })
                ],
                [
                    BarSegment(
                        row.weight, series: 2,
                        tip: "\(row.name): \(Quantity.percent(row.weight)) of the training tokens")
                ],
            ],
            ends: [
                row.natural.map { Quantity.percent($0) } ?? "–",
                Quantity.percent(row.weight)
                    + (row.epochs.map { ", \(Quantity.count($0, "epoch"))" } ?? "")
                    + (row.remark.isEmpty ? "" : ", " + row.remark),
            ])
    }
}

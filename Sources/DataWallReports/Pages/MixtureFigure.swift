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
        /// What is said of its cap or floor, or nothing.
        var remark: String
    }

    /// The sources, in any order.
    var rows: [Row]

    /// Sources that the chart names; the lighter ones share a row.
    private static let named = 20

    /// The places of the sources, the heaviest first.
    var order: [Int] {
        rows.indices.sorted { (rows[$1].weight, $0) < (rows[$0].weight, $1) }
    }

    /// What the chart shows, in a sentence or two.
    var text: String {
        "Shares of the unique tokens as they lie, and of the training tokens as planned."
            + (rows.count > Self.named + 1
                ? " The \(Self.named) heaviest sources stand by themselves, the others together." : "")
    }

    /// Draws the chart.
    func svg(_ frame: ChartFrame) -> String {
        BarChart(
            frame: frame, axis: Axis("share", format: .percent),
            series: [BarSeries("as the tokens lie"), BarSeries("planned", isHatched: true)], rows: bars
        ).svg
    }

    private var bars: [BarRow] {
        let sorted = order.map { rows[$0] }
        let count = sorted.count > Self.named + 1 ? Self.named : sorted.count
        var bars = sorted.prefix(count).map(Self.bar)
        let rest = sorted.dropFirst(count)
        if !rest.isEmpty {
            let known = rest.compactMap(\.natural)
            bars.append(
                Self.bar(
                    Row(
                        name: "\(Quantity.grouped(rest.count)) lighter sources",
                        natural: known.count == rest.count ? known.reduce(0, +) : nil,
                        weight: rest.reduce(0) { $0 + $1.weight }, epochs: nil, remark: "")))
        }
        return bars
    }

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

/// The names of a chart's series, in rows above it.
struct ChartLegend {
    /// A series with the sample of how it is drawn.
    struct Entry {
        enum Sample { case line, band, symbol, hollow, bar, hatched }
        var label: String
        var series: Int
        var sample: Sample
    }

    private let rows: [[Entry]]
    private let cuts: [[String]]
    static let rowHeight = 20.0
    private static let sampleWidth = 24.0
    private static let gap = 18.0

    init(_ entries: [Entry], width: Double) {
        var rows: [[Entry]] = []
        var cuts: [[String]] = []
        var used = 0.0
        for entry in entries {
            let label = TextWidth.cut(entry.label, to: width - Self.sampleWidth - 8)
            let room = Self.sampleWidth + 6 + TextWidth.of(label)
            if rows.isEmpty || used + Self.gap + room > width {
                rows.append([])
                cuts.append([])
                used = 0
            }
            rows[rows.count - 1].append(entry)
            cuts[cuts.count - 1].append(label)
            used += (used > 0 ? Self.gap : 0) + room
        }
        self.rows = rows
        self.cuts = cuts
    }

    var height: Double { rows.isEmpty ? 0 : Double(rows.count) * Self.rowHeight + 4 }

    func draw(into drawing: inout Drawing, x: Double, y: Double, hatch: String) {
        for (index, row) in rows.enumerated() {
            var left = x
            let middle = y + Double(index) * Self.rowHeight + 10
            for (entry, label) in zip(row, cuts[index]) {
                Self.draw(entry, into: &drawing, x: left, y: middle, hatch: hatch)
                drawing.text("", left + Self.sampleWidth + 6, middle + 4.5, label)
                left += Self.sampleWidth + 6 + TextWidth.of(label) + Self.gap
            }
        }
    }

    private static func draw(_ entry: Entry, into drawing: inout Drawing, x: Double, y: Double, hatch: String) {
        let series = (entry.series - 1) % ChartStyle.seriesCount + 1
        switch entry.sample {
        case .line: drawing.line("line s\(series) d\(series)", x, y, x + sampleWidth, y)
        case .band: drawing.rectangle("band f\(series)", x, y - 6, sampleWidth, 12)
        case .symbol:
            drawing.symbol("f\(series)", series: series, x + sampleWidth / 2, y, radius: 4.5, tip: nil)
        case .hollow:
            drawing.symbol("hollow s\(series)", series: series, x + sampleWidth / 2, y, radius: 4.5, tip: nil)
        case .bar, .hatched:
            drawing.rectangle("f\(series)", x, y - 6, sampleWidth, 12)
            if entry.sample == .hatched {
                drawing.rectangle("", x, y - 6, sampleWidth, 12, attributes: " fill=\"url(#\(hatch))\"")
            }
        }
    }
}

import Charts

/// A chart drawn twice: for a screen or paper, and for a telephone.
///
/// The figure's heading names both. The narrow drawing has no tips; the page's script uses those of the wide one.
struct ChartPair {
    let wide: String
    let narrow: String

    /// The widths of the page's column on either.
    private static let widths = (wide: 548.0, narrow: 358.0)

    /// Draws a chart at both widths.
    ///
    /// - Parameters:
    ///   - identifier: The figure's name in the page.
    ///   - title: The title of the chart.
    ///   - description: The content of the chart.
    ///   - draw: Draws the chart in a frame.
    init(_ identifier: String, title: String, description: String, draw: (ChartFrame) -> String) {
        func frame(_ suffix: String, _ width: Double, hasTips: Bool) -> ChartFrame {
            ChartFrame(
                identifier + suffix, title: title, description: description, width: width,
                namedBy: ["\(identifier)-h"] + (description.isEmpty ? [] : ["\(identifier)-p"]), hasTips: hasTips)
        }
        wide = draw(frame("-w", Self.widths.wide, hasTips: true))
        narrow = draw(frame("-n", Self.widths.narrow, hasTips: false))
    }
}

extension PageFigure {
    /// Creates a figure of a chart with its table.
    init(
        _ identifier: String, title: String, text: String, table: PageTable,
        draw: (ChartFrame) -> String
    ) {
        let pair = ChartPair(identifier, title: title, description: text, draw: draw)
        self.init(
            identifier: identifier, title: title, text: text, wide: pair.wide, narrow: pair.narrow, table: table)
    }
}

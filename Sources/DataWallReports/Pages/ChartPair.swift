import Charts

/// A chart drawn twice: for a screen or paper, and for a telephone.
///
/// The narrow drawing has no texts of its own: those of the wide one are its too.
struct ChartPair {
    let wide: String
    let narrow: String

    /// The widths of the page's column on either.
    private static let widths = (wide: 548.0, narrow: 358.0)

    /// Draws a chart at both widths.
    ///
    /// - Parameters:
    ///   - identifier: The name in the page.
    ///   - title: What the chart is.
    ///   - description: What it shows.
    ///   - draw: Draws the chart in a frame.
    init(_ identifier: String, title: String, description: String, draw: (ChartFrame) -> String) {
        func frame(_ suffix: String, _ width: Double, textsOf other: String? = nil) -> ChartFrame {
            ChartFrame(identifier + suffix, title: title, description: description, width: width, textsOf: other)
        }
        wide = draw(frame("-w", Self.widths.wide))
        narrow = draw(frame("-n", Self.widths.narrow, textsOf: identifier + "-w"))
    }
}

extension PageFigure {
    /// Creates a figure of a chart with its table.
    init(
        _ identifier: String, title: String, text: String, table: PageTable,
        draw: (ChartFrame) -> String
    ) {
        let pair = ChartPair(identifier + "-chart", title: title, description: text, draw: draw)
        self.init(
            identifier: identifier, title: title, text: text, wide: pair.wide, narrow: pair.narrow, table: table)
    }
}

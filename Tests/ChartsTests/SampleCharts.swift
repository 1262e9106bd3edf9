import Charts

/// Charts that represent every kind there is, with values of several decades and a hostile name.
enum SampleCharts {
    static let all: [(name: String, svg: String)] = [
        ("loss-over-epochs", lossOverEpochs(width: 720)), ("loss-over-epochs-narrow", lossOverEpochs(width: 340)),
        ("iso-flop", isoFLOP), ("tokens-by-source", tokens(width: 720)),
        ("tokens-by-source-narrow", tokens(width: 340)),
        ("mixture", mixture(width: 720)), ("mixture-narrow", mixture(width: 340)), ("overlap", overlap),
        ("laws", laws(width: 720)), ("laws-narrow", laws(width: 340)),
        ("residuals", residuals), ("empty", empty),
    ]

    private static func frame(_ name: String, width: Double = 720) -> ChartFrame {
        ChartFrame(
            name, title: "Sample <\(name)>", description: "A chart that a test compares byte by byte.", width: width,
            isStandalone: true)
    }

    private static func lossOverEpochs(width: Double) -> String {
        let losses = [2.9032, 2.4941, 2.3135, 2.2247, 2.2284, 2.2602]
        let points = losses.enumerated().map { index, loss in
            PlotPoint(Double(1 << index), loss, tip: "\(1 << index) epochs: \(loss) nats/token")
        }
        return Plot(
            frame: frame("loss-over-epochs", width: width), x: Axis("epochs", scale: .doublings),
            y: Axis("loss, nats/token"),
            marks: [
                .band(
                    points.map { PlotBand($0.x, low: $0.y - 0.03, high: $0.y + 0.05 * $0.x / 8) }, series: 1,
                    label: "90 % of the ensemble"), .line(points, series: 1, label: "best plan"),
                .verticalRule(9.49, label: "more epochs stop paying"),
                .highlight(PlotPoint(9.488, 2.2221, tip: "recommended"), series: 2, label: "recommended"),
            ]
        ).svg
    }

    private static var isoFLOP: String {
        let curves = (0..<4).map { index -> PlotMark in
            let points = (0..<25).map { step -> PlotPoint in
                let place = Double(step) / 24 * 3 - 1.5
                return PlotPoint(
                    7e9 * power(10, place), 2.6 - 0.2 * Double(index) + 0.06 * place * place * (1 + 0.2 * place))
            }
            return .line(points, series: index + 1, label: "\(["1e21", "3e21", "1e22", "3e22"][index]) FLOPs")
        }
        return Plot(
            frame: frame("iso-flop"), x: Axis("parameters (N)", scale: .logarithmic, format: .counts),
            y: Axis("loss, nats/token", domain: 1.9...2.9), marks: curves + [.horizontalRule(2.0, label: "target")]
        ).svg
    }

    private static func tokens(width: Double) -> String {
        let sources: [(String, Double, Double)] = [
            ("<script>alert(1)</script>", 52_000_000, 4_000_000), ("html-docs", 33_100_000, 12_400_000),
            ("a source whose name is far longer than there is room for beside its bar", 9_000_000, 900_000),
            ("dict", 80_000, 0),
        ]
        return BarChart(
            frame: frame("tokens-by-source", width: width), axis: Axis("tokens", format: .counts),
            series: [BarSeries("unique"), BarSeries("repeated", isHatched: true)],
            rows: sources.map { name, unique, repeated in
                BarRow(
                    name,
                    segments: [
                        BarSegment(unique, series: 1, tip: "\(name): unique"),
                        BarSegment(repeated, series: 2, tip: "\(name): repeated"),
                    ], end: "\(Int(repeated / (unique + repeated) * 100)) % repeated")
            }
        ).svg
    }

    private static func mixture(width: Double) -> String {
        BarChart(
            frame: frame("mixture", width: width), axis: Axis("share of the training tokens", format: .percent),
            series: [BarSeries("as the tokens lie"), BarSeries("planned", isHatched: true)],
            rows: [
                BarRow(
                    "web", bars: [[BarSegment(0.7, series: 1)], [BarSegment(0.55, series: 2)]], ends: ["70 %", "55 %"]),
                BarRow(
                    "code", bars: [[BarSegment(0.3, series: 1)], [BarSegment(.infinity, series: 2)]],
                    ends: ["30 %", "not known"]),
            ]
        ).svg
    }

    private static var overlap: String {
        let shares: [[Double?]] = [[nil, 0.31, 0.004], [0.12, nil, 0.9], [0, 0.62, nil]]
        return HeatMap(
            frame: frame("overlap"), rows: ["html-docs", "kernel & docs", "man"],
            cells: shares.map { row in
                row.map { share in share.map { HeatCell(shade: $0, text: "\(Int($0 * 100)) %", tip: "\($0)") } }
            }, caption: "Share of the row's distinct tokens that the column holds too."
        ).svg
    }

    private static func laws(width: Double) -> String {
        RangeChart(
            frame: frame("laws", width: width), axis: Axis("parameters (N)", scale: .logarithmic, format: .counts),
            rows: [
                RangeRow("muennighoff", value: 7.03e9, range: 4.1e9...9.8e9, end: "7.026B (4.1B to 9.8B)"),
                RangeRow("lovelace", value: 3.2e9, range: 1e9...(.infinity), end: "3.2B (1B up)", tip: "lovelace"),
                RangeRow("no range", value: 1.4e10, reference: 9e9, end: "14B"),
            ], names: ("the law's own plan", "without a cap"), rule: .verticalRule(5e9, label: "robust plan")
        ).svg
    }

    private static var residuals: String {
        let points = (0..<40).map { index -> PlotPoint in
            let angle = Double(index * 37 % 40) / 40
            return PlotPoint(1e7 * power(10, angle * 3), (Double(index * 53 % 41) / 41 - 0.5) / 50)
        }
        return Plot(
            frame: frame("residuals", width: 340), x: Axis("N", scale: .logarithmic, format: .counts),
            y: Axis("error of the loss", format: .percent),
            marks: [.horizontalRule(0, label: ""), .points(points, series: 1, label: nil)]
        ).svg
    }

    private static var empty: String {
        Plot(frame: frame("empty"), x: Axis("x", scale: .logarithmic), y: Axis("y"), marks: []).svg
    }

    /// A power by multiplication and roots, so that samples do not hang on a C library.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        var result = 1.0
        var root = base
        var rest = exponent < 0 ? -exponent : exponent
        while rest >= 1 {
            result *= base
            rest -= 1
        }
        for _ in 0..<40 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return exponent < 0 ? 1 / result : result
    }
}

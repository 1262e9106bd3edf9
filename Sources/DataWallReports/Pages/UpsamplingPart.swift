import Charts
import Quantities

/// An upsampling's part of a page.
struct UpsamplingPart {
    private let upsampling: UpsamplingFile
    private let name: String
    private let identifier: String

    init(_ upsampling: UpsamplingFile, name: String, identifier: String) {
        self.upsampling = upsampling
        self.name = name
        self.identifier = identifier
    }

    private var mark: String { upsampling.isEstimated ? " est." : "" }

    private var curve: String {
        let exponent = "p = \(Quantity.significant(upsampling.exponent, digits: 4))"
        return upsampling.rate == 0
            ? "(x − a)^p, \(exponent)"
            : "(x − a)^p·exp(λ(x − a)), \(exponent), λ = \(Quantity.significant(upsampling.rate, digits: 4))"
    }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Upsampling", title: name)
        let total = upsampling.buckets.reduce(0) { $0 + $1.tokens }
        section.lead = [
            "\(Quantity.short(upsampling.tokens)) tokens\(mark) from \(Quantity.short(total)), the worst "
                + "\(Quantity.percent(upsampling.discarded)) left out. "
                + "The cap of \(Quantity.count(upsampling.cap, "pass", plural: "passes")) "
                + (upsampling.isBinding ? "holds the curve back." : "is not met.")
        ]
        section.facts = [
            PageFact(name: "tokens drawn\(mark)", value: Quantity.short(upsampling.tokens)),
            PageFact(
                name: "most passes", value: Quantity.short(upsampling.buckets.map(\.factor).max() ?? 0),
                remark: "cap \(Quantity.short(upsampling.cap))"),
            PageFact(name: "left out", value: Quantity.percent(upsampling.discarded)),
            PageFact(name: "most that can be drawn\(mark)", value: Quantity.short(upsampling.mostTokens)),
        ]
        section.figures = [passesFigure, tokensFigure]
        section.details = [PageDetail(name: "Curve", text: "\(curve) (\(upsampling.shape))")]
        section.command = PageSection.command(upsampling.madeBy, writing: name, by: "--json >")
        return section
    }

    private var passesFigure: PageFigure {
        var table = PageTable(
            "Passes over each bucket",
            columns: [.text("bucket"), .number("tokens\(mark)"), .number("passes"), .number("drawn\(mark)")])
        var rows: [BarRow] = []
        for bucket in upsampling.buckets {
            let passes = Quantity.fixed(bucket.factor, decimals: 4)
            table.add([bucket.name, Quantity.short(bucket.tokens), passes, Quantity.short(bucket.drawn)])
            rows.append(
                BarRow(
                    bucket.name,
                    segments: [BarSegment(bucket.factor, series: 1, tip: "\(bucket.name): \(passes) passes")],
                    end: bucket.factor == 0 ? "left out" : Quantity.short(bucket.factor)))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more buckets"
        table.captionKind = "silent"
        let drawn = rows
        return PageFigure(
            identifier + "-passes", title: "Passes over each bucket", text: "Buckets by quality, the worst first.",
            table: table
        ) { frame in
            BarChart(frame: frame, axis: Axis("passes"), series: [], rows: drawn).svg
        }
    }

    private var tokensFigure: PageFigure {
        var table = PageTable(
            "Tokens of each bucket, before and after",
            columns: [.text("bucket"), .number("tokens\(mark)"), .number("drawn\(mark)")])
        var rows: [BarRow] = []
        for bucket in upsampling.buckets {
            let (own, drawn) = (Quantity.short(bucket.tokens), Quantity.short(bucket.drawn))
            table.add([bucket.name, own, drawn])
            rows.append(
                BarRow(
                    bucket.name,
                    bars: [
                        [BarSegment(bucket.tokens, series: 1, tip: "\(bucket.name): \(own) tokens\(mark)")],
                        [BarSegment(bucket.drawn, series: 2, tip: "\(bucket.name): \(drawn) tokens\(mark) drawn")],
                    ], ends: [own, drawn]))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) more buckets"
        table.captionKind = "silent"
        let bars = rows
        return PageFigure(
            identifier + "-tokens", title: "Tokens of each bucket, before and after", text: "", table: table
        ) { frame in
            BarChart(
                frame: frame, axis: Axis("tokens\(mark)", format: .counts),
                series: [BarSeries("in the bucket"), BarSeries("drawn", isHatched: true)], rows: bars
            ).svg
        }
    }
}

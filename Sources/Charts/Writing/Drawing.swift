/// A drawing as it is written: elements one after the other, text escaped, numbers short.
struct Drawing {
    /// Characters after which a line of a tip is cut, since names of sources have any length.
    private static let longestTip = 200

    private let frame: ChartFrame
    private var body = ""

    init(_ frame: ChartFrame) { self.frame = frame }

    /// How an element's text is aligned to its place.
    enum Anchor: String {
        case start = ""
        case middle
        case end
    }

    mutating func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        body += "<path class=\"\(kind)\" d=\"M\(point(x1, y1))L\(point(x2, y2))\"/>\n"
    }

    mutating func path(_ kind: String, _ points: [(x: Double, y: Double)], closed: Bool = false, clip: String? = nil) {
        guard let first = points.first else { return }
        var way = "M\(point(first.x, first.y))"
        if points.count > 1 { way += "L" + points.dropFirst().map { point($0.x, $0.y) }.joined(separator: " ") }
        let clipped = clip.map { " clip-path=\"url(#\($0))\"" } ?? ""
        body += "<path class=\"\(kind)\"\(clipped) d=\"\(way)\(closed ? "Z" : "")\"/>\n"
    }

    mutating func text(
        _ kind: String, _ x: Double, _ y: Double, _ text: String, anchor: Anchor = .start
    ) {
        guard !text.isEmpty else { return }
        body +=
            "<text\(attribute(kind, anchor.rawValue)) x=\"\(Coordinate.text(x))\" y=\"\(Coordinate.text(y))\">"
            + "\(MarkupText.escaped(text))</text>\n"
    }

    /// Text that starts at a place and rises from it by an angle.
    mutating func risingText(_ kind: String, _ x: Double, _ y: Double, _ text: String, degrees: Double) {
        guard !text.isEmpty else { return }
        let place = "\(Coordinate.text(x)) \(Coordinate.text(y))"
        body +=
            "<text\(attribute(kind)) transform=\"translate(\(place)) rotate(\(Coordinate.text(-degrees)))\">"
            + "\(MarkupText.escaped(text))</text>\n"
    }

    mutating func rectangle(
        _ kind: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double, tip: String? = nil,
        attributes: String = ""
    ) {
        let (across, down) = (Coordinate.text(max(width, 0)), Coordinate.text(max(height, 0)))
        body +=
            "<path\(attribute(kind)) d=\"M\(point(x, y))h\(across)v\(down)h-\(across)z\"\(attributes)\(ending("path", tip))\n"
    }

    /// A mark at a place: a circle, square, diamond or triangle by series.
    mutating func symbol(_ kind: String, series: Int, _ x: Double, _ y: Double, radius: Double, tip: String?) {
        let r = radius
        switch (series - 1) % 4 {
        case 0:
            body +=
                "<circle class=\"\(kind)\" cx=\"\(Coordinate.text(x))\" cy=\"\(Coordinate.text(y))\" "
                + "r=\"\(Coordinate.text(r))\"\(ending("circle", tip))\n"
        case 1: rectangle(kind, x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, tip: tip)
        case 2: polygon(kind, [(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)], tip: tip)
        default: polygon(kind, [(x, y - r * 1.2), (x + r * 1.15, y + r * 0.9), (x - r * 1.15, y + r * 0.9)], tip: tip)
        }
    }

    private mutating func polygon(_ kind: String, _ points: [(Double, Double)], tip: String?) {
        let way = points.map { point($0.0, $0.1) }.joined(separator: " ")
        body += "<path class=\"\(kind)\" d=\"M\(way)Z\"\(ending("path", tip))\n"
    }

    /// An invisible place that answers to a pointer.
    mutating func target(_ x: Double, _ y: Double, radius: Double, tip: String) {
        body +=
            "<circle class=\"hit\" cx=\"\(Coordinate.text(x))\" cy=\"\(Coordinate.text(y))\" "
            + "r=\"\(Coordinate.text(radius))\"\(ending("circle", tip))\n"
    }

    /// Adds markup as it is.
    mutating func raw(_ markup: String) { body += markup }

    /// The class attribute of an element, or nothing.
    private func attribute(_ kinds: String...) -> String {
        let kinds = kinds.filter { !$0.isEmpty }
        return kinds.isEmpty ? "" : " class=\"\(kinds.joined(separator: " "))\""
    }

    private func ending(_ tag: String, _ tip: String?) -> String {
        guard let tip, !tip.isEmpty, frame.hasTips else { return "/>" }
        let lines = tip.split(separator: "\n", omittingEmptySubsequences: false).map {
            MarkupText.escaped($0.count > Self.longestTip ? $0.prefix(Self.longestTip) + "…" : String($0))
        }
        return "><title>\(lines.joined(separator: "\n"))</title></\(tag)>"
    }

    private func point(_ x: Double, _ y: Double) -> String { "\(Coordinate.text(x)),\(Coordinate.text(y))" }

    /// The whole drawing.
    func svg(height: Double) -> String {
        let size = "\(Coordinate.text(frame.width)) \(Coordinate.text(height))"
        let style = frame.isStandalone ? "<style>\(ChartStyle.css)</style>\n" : ""
        let namespace = frame.isStandalone ? "xmlns=\"http://www.w3.org/2000/svg\" " : ""
        let name = frame.identifier
        let texts =
            frame.namedBy.isEmpty
            ? "<title id=\"\(name)-t\">\(MarkupText.escaped(frame.title))</title>\n"
                + "<desc id=\"\(name)-d\">\(MarkupText.escaped(frame.description))</desc>\n"
            : ""
        let names = frame.namedBy.isEmpty ? ["\(name)-t", "\(name)-d"] : frame.namedBy
        return """
            <svg \(namespace)class="dw-chart" role="img" aria-labelledby="\(names.joined(separator: " "))" \
            viewBox="0 0 \(size)" width="\(Coordinate.text(frame.width))" height="\(Coordinate.text(height))">
            \(texts)\(style)\(body)</svg>

            """
    }
}

import Charts
import LawFiles
import Quantities
import ScalingLaws

/// A law file's part of a page.
struct LawPart {
    private let law: FileLaw
    private let name: String
    private let identifier: String

    init(_ law: FileLaw, name: String, identifier: String) {
        self.law = law
        self.name = name
        self.identifier = identifier
    }

    /// The source of a law's numbers, and the range that it was fitted on, in a sentence.
    static func provenance(_ card: ModelCard?, kind: String?) -> String {
        guard let card else { return kind.map { "\($0); its card is not known here" } ?? "not known here" }
        var text = "\(kind ?? card.provenance.kind.rawValue): \(card.provenance.source)"
        if let corpus = card.setup.corpus { text += "; on \(corpus)" }
        let spans = spans(of: card.validity)
        if !spans.isEmpty { text += "; fitted on \(spans.joined(separator: ", "))" }
        return text
    }

    /// The range of the runs in each quantity.
    static func spans(of range: ValidityRange) -> [String] {
        var spans: [String] = []
        if let span = range.parameters { spans.append("N \(Quantity.range(span, Quantity.short))") }
        if let span = range.tokens { spans.append("D \(Quantity.range(span, Quantity.short))") }
        if let span = range.epochs {
            spans.append("\(Quantity.range(span) { Quantity.significant($0, digits: 3) }) epochs")
        }
        if let span = range.compute { spans.append("C \(Quantity.range(span, Quantity.flops)) FLOPs") }
        return spans
    }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Law", title: law.card.identifier)
        section.lead = [law.card.summary, "L = \(law.formula.description)"]
        section.notes = law.card.warnings.map { .warning($0) }
        section.figures = [coefficients]
        section.details = [
            PageDetail(name: "Numbers", text: Self.provenance(law.card, kind: nil)),
            PageDetail(name: "File", text: name),
        ]
        section.command = PageSection.command(law.madeBy, writing: name)
        return section
    }

    private var coefficients: PageFigure {
        var table = PageTable(
            "Coefficients",
            columns: [.text("coefficient"), .number("value"), .number("90 % of the ensemble"), .text("unit")])
        for (index, coefficient) in law.card.coefficients.enumerated() {
            table.add([
                coefficient.name, coefficient.value.map { Quantity.significant($0, digits: 5) } ?? "your fit",
                law.card.ensembleRange(of: index).map { Quantity.range($0) { Quantity.significant($0, digits: 5) } }
                    ?? "–", coefficient.unit,
            ])
        }
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-coefficients", title: "Coefficients", table: table)
    }
}

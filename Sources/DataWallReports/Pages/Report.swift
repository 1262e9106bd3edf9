import Charts
public import CorpusAudit
public import LawFiles
import Mustache
import Quantities
public import ScalingLaws
import TrainingPlanning

/// A page that people look at: audits, plans, mixtures, fits and laws with their charts, tables and provenance, in one HTML file.
///
/// The file needs no network: charts are inline SVG, the script is a few lines, and the page forbids all others. Names that
/// come from corpora are escaped. The same parts give the same bytes.
///
/// ```swift
/// let report = Report(parts: [.audit(audit, name: "audit.json")])
/// print(report.html())
/// ```
public struct Report: Sendable {
    /// One file's content, with the name it goes by.
    public enum Part: Sendable {
        /// An audit.
        case audit(Audit, name: String)

        /// A plan.
        case plan(PlanFile, name: String)

        /// A mixture.
        case mixture(MixtureFile, name: String)

        /// A fit.
        case fit(FitFile, name: String)

        /// A law of a file; plans that name it are drawn with it.
        case law(FileLaw, name: String)

        /// The name it goes by.
        public var name: String {
            switch self {
            case .audit(_, let name), .plan(_, let name), .mixture(_, let name), .fit(_, let name), .law(_, let name):
                name
            }
        }
    }

    /// The page's title, or `nil` for one made of the parts.
    public var title: String?

    /// What the page shows, in this order.
    public var parts: [Part]

    /// The laws that plans are drawn with, next to those of the parts.
    public var laws: [any ScalingLaw]

    /// The command line that makes the report again.
    public var madeBy: String

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - title: The page's title, or `nil` for one made of the parts.
    ///   - parts: What the page shows, in this order.
    ///   - laws: The laws that plans are drawn with.
    ///   - madeBy: The command line that makes the report again.
    public init(
        title: String? = nil, parts: [Part], laws: [any ScalingLaw] = [], madeBy: String = "datawall report"
    ) {
        self.title = title
        self.parts = parts
        self.laws = laws
        self.madeBy = madeBy
    }

    /// The page.
    ///
    /// - Returns: HTML, UTF-8 when written.
    /// - Complexity: O(*n*) in the content, and some thousand evaluations of laws for each plan.
    public func html() -> String {
        let sections = parts.enumerated().map { index, part in section(part, identifier: "part\(index + 1)") }
        let content = PageContent(
            title: title ?? Self.title(of: parts), summary: summary, sections: sections, hasSeveral: sections.count > 1,
            links: sections.map { PageLink(identifier: $0.identifier, title: "\($0.kind): \($0.title)") },
            reportCommand: madeBy, version: DataWallVersion.current, style: PageStyle.css,
            script: PageScript.text, scriptDigest: PageScript.digest)
        guard let page = PageTemplates.library.render(content, withTemplate: "page") else {
            preconditionFailure("the library holds the page's template")
        }
        return page
    }

    func section(_ part: Part, identifier: String) -> PageSection {
        switch part {
        case .audit(let audit, let name): AuditPart(audit, name: name, identifier: identifier).section
        case .plan(let plan, let name):
            PlanPart(plan, name: name, identifier: identifier, laws: ownLaws + laws).section
        case .mixture(let mixture, let name): MixturePart(mixture, name: name, identifier: identifier).section
        case .fit(let fit, let name): FitPart(fit, name: name, identifier: identifier).section
        case .law(let law, let name): LawPart(law, name: name, identifier: identifier).section
        }
    }

    /// The laws of the parts.
    private var ownLaws: [any ScalingLaw] {
        parts.compactMap { part in if case .law(let law, _) = part { law } else { nil } }
    }

    private static func title(of parts: [Part]) -> String {
        let names = parts.map { part in
            switch part {
            case .audit: "a corpus"
            case .plan: "a training plan"
            case .mixture: "a mixture"
            case .fit: "a fit"
            case .law: "a law"
            }
        }
        var seen: [String] = []
        for name in names where !seen.contains(name) { seen.append(name) }
        guard let last = seen.last else { return "An empty report" }
        let text = seen.count == 1 ? last : seen.dropLast().joined(separator: ", ") + " and " + last
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private var summary: String {
        for part in parts {
            switch part {
            case .audit(let audit, _):
                let mark = audit.tokenizer.isEstimate ? " (estimated)" : ""
                return "\(Quantity.short(audit.totals.tokens)) tokens\(mark), of which "
                    + "\(Quantity.short(audit.totals.uniqueTokens)) are unique."
            case .plan(let plan, _):
                return "\(Quantity.short(plan.recommended.run.parameters)) parameters on "
                    + "\(Quantity.short(plan.recommended.run.tokens)) tokens."
            case .mixture(let mixture, _):
                let mark = mixture.isEstimated ? " (estimated)" : ""
                return "\(Quantity.short(mixture.tokens)) training tokens over "
                    + "\(Quantity.short(mixture.uniqueTokens)) unique ones\(mark)."
            case .fit(let fit, _): return "\(fit.law) on \(Quantity.count(fit.runs, "run"))."
            case .law(let law, _): return law.card.summary
            }
        }
        return ""
    }
}

import Charts
public import CorpusAudit
public import LawFiles
import Mustache
import Quantities
public import ScalingLaws
import TrainingPlanning

/// A page for people: audits, plans, mixtures, fits and more with their charts, tables and provenance, in one HTML
/// file.
///
/// It begins with a summary of the data, the run to train and the doubts; sections in the order of the parts follow.
/// The file needs no network: charts are inline SVG, and the page forbids all scripts but its own. Names that come from
/// corpora are escaped. The same parts give the same bytes.
///
/// ```swift
/// let report = Report(parts: [.audit(audit, name: "audit.json")])
/// print(report.html())
/// ```
public struct Report: Sendable {
    /// One file's content, with its name in the report.
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

        /// A sweep; plans of the same report are marked on its map.
        case sweep(SweepFile, name: String)

        /// An upsampling of a source's quality buckets.
        case upsampling(UpsamplingFile, name: String)

        /// A comparison of named runs.
        case comparison(ComparisonFile, name: String)

        /// A design of runs to fit.
        case design(DesignFile, name: String)

        /// The name of the file in the report.
        public var name: String {
            switch self {
            case .audit(_, let name), .plan(_, let name), .mixture(_, let name), .fit(_, let name), .law(_, let name),
                .sweep(_, let name), .upsampling(_, let name), .comparison(_, let name), .design(_, let name):
                name
            }
        }
    }

    /// The page's title, or `nil` for one made of the parts.
    public var title: String?

    /// The content of the page, in this order.
    public var parts: [Part]

    /// The laws for drawing plans, in addition to those of the parts.
    public var laws: [any ScalingLaw]

    /// The command line that makes the report again.
    public var madeBy: String

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - title: The page's title, or `nil` for one made of the parts.
    ///   - parts: The content of the page, in this order.
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
            title: title ?? Self.title(of: parts), summary: ReportSummary(parts).sentences,
            scenarios: ReportScenarios(parts).figure, sections: sections,
            links: sections.map { section in
                PageLink(
                    identifier: section.identifier, title: "\(section.part): \(section.title)",
                    figures: section.figures.map { PageLink(identifier: $0.identifier, title: $0.title) })
            },
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
        case .sweep(let sweep, let name):
            SweepPart(sweep, name: name, identifier: identifier, plans: plans).section
        case .upsampling(let file, let name): UpsamplingPart(file, name: name, identifier: identifier).section
        case .comparison(let file, let name): ComparisonPart(file, name: name, identifier: identifier).section
        case .design(let file, let name): DesignPart(file, name: name, identifier: identifier).section
        }
    }

    /// The laws of the parts.
    private var ownLaws: [any ScalingLaw] {
        parts.compactMap { part in if case .law(let law, _) = part { law } else { nil } }
    }

    private var plans: [(plan: PlanFile, name: String)] {
        parts.compactMap { part in if case .plan(let plan, let name) = part { (plan, name) } else { nil } }
    }

    private static func title(of parts: [Part]) -> String {
        let names = parts.map { part in
            switch part {
            case .audit: "a corpus"
            case .plan: "a training plan"
            case .mixture: "a mixture"
            case .fit: "a fit"
            case .law: "a law"
            case .sweep: "a sweep"
            case .upsampling: "an upsampling"
            case .comparison: "a comparison of runs"
            case .design: "a design of runs"
            }
        }
        var seen: [String] = []
        for name in names where !seen.contains(name) { seen.append(name) }
        guard let last = seen.last else { return "An empty report" }
        let text = seen.count == 1 ? last : seen.dropLast().joined(separator: ", ") + " and " + last
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}

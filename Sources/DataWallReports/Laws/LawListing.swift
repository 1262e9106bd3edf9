import LawFiles
public import OrderedJSON
import Quantities
public import ScalingLaws
public import TrainingPlanning

/// The laws, curves, objectives and mixture methods that a program knows, as tables.
public struct LawListing: Sendable {
    private let laws: [ModelCard]
    private let curves: [ModelCard]
    private let objectives: [any PlanningObjective]
    private let hyperparameters: [ModelCard]
    private let mixtures: [any MixtureMethod]

    /// Creates a listing.
    ///
    /// - Parameters:
    ///   - laws: Laws, in the order to list them.
    ///   - curves: Repetition curves, in the order to list them.
    ///   - objectives: The objectives that plans can minimise, in the order to list them.
    ///   - hyperparameters: Rules for batch size and learning rate, in the order to list them.
    ///   - mixtures: The methods that choose weights of sources, in the order to list them.
    public init(
        laws: [any ScalingLaw], curves: [any RepetitionCurve], objectives: [any PlanningObjective] = [],
        hyperparameters: [any HyperparameterLaw] = [], mixtures: [any MixtureMethod] = []
    ) {
        self.hyperparameters = hyperparameters.map(\.card)
        self.mixtures = mixtures
        self.objectives = objectives
        self.laws = laws.map(\.card)
        self.curves = curves.map(\.card)
    }

    /// The listing for a terminal, line by line.
    ///
    /// - Parameter explained: Whether every model is listed with its summary; otherwise the answer has at most 24
    ///   lines.
    /// - Returns: The lines, without line ends.
    /// - Complexity: O(*n*) in the models.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        let deciding = laws.filter { $0.family != nil && !$0.evidence.isEmpty }
        answer.say(
            "\(Quantity.count(laws.count, "law")). A plan without --law weighs those with measured evidence, one a family."
        )
        if !explained {
            var table = TextTable(columns: ["family": .left, "laws with evidence": .left])
            var families: [String] = []
            for family in deciding.compactMap(\.family) where !families.contains(family) { families.append(family) }
            for family in families {
                let names = deciding.filter { $0.family == family }.map(\.identifier)
                table.add([family, names.joined(separator: ", ")])
            }
            answer.skipLine()
            answer.show(table, of: "family", plural: "families")
            answer.skipLine()
            let others = laws.filter { law in !deciding.contains { $0.identifier == law.identifier } }
            answer.say([
                "Further laws: \(others.map(\.identifier).joined(separator: ", ")).",
                "Objectives: \(objectives.map(\.identifier).joined(separator: ", ")).",
                "Mixture methods: \(mixtures.map(\.identifier).joined(separator: ", ")).",
            ])
            answer.hint("'datawall laws NAME' prints one law")
        }
        answer.explain("Laws", Self.table("law", laws))
        if !curves.isEmpty { answer.explain("Repetition curves", Self.table("repetition curve", curves)) }
        if !objectives.isEmpty {
            var table = TextTable(columns: ["objective": .left, "unit": .left, "what it minimises": .left])
            for objective in objectives { table.add([objective.identifier, objective.unit, objective.summary]) }
            answer.explain("Objectives", table.lines)
        }
        if !hyperparameters.isEmpty {
            var table = TextTable(columns: ["hyperparameters": .left, "constants": .left, "what it gives": .left])
            for card in hyperparameters { table.add([card.identifier, card.provenance.kind.rawValue, card.summary]) }
            answer.explain("Hyperparameters", table.lines)
        }
        if !mixtures.isEmpty {
            var table = TextTable(columns: ["mixture method": .left, "how it chooses the weights of sources": .left])
            for method in mixtures { table.add([method.identifier, method.summary]) }
            answer.explain("Mixture methods", table.lines)
        }
        answer.explain(
            "Constants",
            [
                "published: in the paper or its authors' code.", "refit here: fitted by this project to public runs.",
                "user: the constants come from your own fit.",
            ])
        return answer.lines(explained: explained)
    }

    private static func table(_ kind: String, _ cards: [ModelCard]) -> [String] {
        var table = TextTable(columns: [
            kind: .left, "repetition": .left, "constants": .left, "coefficients": .right, "ensemble": .right,
            "what it is": .left,
        ])
        for card in cards {
            table.add([
                card.identifier, card.repetition.rawValue, card.provenance.kind.rawValue, "\(card.coefficients.count)",
                card.ensemble.isEmpty ? "–" : "\(card.ensemble.count)", card.summary,
            ])
        }
        return table.lines
    }

    /// The listing as JSON.
    ///
    /// - Complexity: O(*n*) in the models.
    public var json: JSONValue { object }
}

extension LawListing: JSONWrittenRecord {
    package static let schemaFile = schemaFile(
        of: "datawall-laws-1", title: "datawall list of models, version 1",
        summary: "The models that a program knows: the JSON that 'datawall laws --json' prints.")

    package static let fields: [JSONField<LawListing>] = [
        .init("format", constant: "datawall-laws"),
        .init("version", constant: 1),
        .init(written: "laws", { $0.laws.map(Law.init) }, "Laws of the loss."),
        .init(written: "curves", { $0.curves.map(Law.init) }, "Curves of what repeated tokens are worth."),
        .init(
            written: "objectives",
            { $0.objectives.map { Model(name: $0.identifier, summary: $0.summary, unit: $0.unit) } },
            "What plans can minimise."),
        .init(
            written: "hyperparameters",
            {
                $0.hyperparameters.map {
                    Model(name: $0.identifier, summary: $0.summary, provenance: $0.provenance)
                }
            }, "Rules for batch size and learning rate."),
        .init(
            written: "mixtures", { $0.mixtures.map { Model(name: $0.identifier, summary: $0.summary) } },
            "How weights of sources can be chosen."),
    ]

    private struct Law: JSONWrittenRecord {
        let card: ModelCard

        static let fields: [JSONField<Law>] = [
            .init(written: "name", \.card.identifier, "Its name."),
            .init(written: "summary", \.card.summary, "A description."),
            .init(written: "repetition", \.card.repetition, "How it treats repeated tokens."),
            .init(written: "provenance", \.card.provenance.kind, "Who found its constants."),
            .init(written: "coefficients", \.card.coefficientNames, "The names of its coefficients."),
            .init(written: "ensemble", \.card.ensemble.count, "How many further sets of values it has."),
        ]
    }

    private struct Model: JSONWrittenRecord {
        let name: String
        let summary: String
        var unit: String?
        var provenance: Provenance?

        static let fields: [JSONField<Model>] = [
            .init(written: "name", \.name, "Its name."),
            .init(written: "summary", \.summary, "A description."),
            .init(writtenIfKnown: "unit", \.unit, "The unit of what it minimises."),
            .init(writtenIfKnown: "provenance", \.provenance?.kind, "Who found its constants."),
            .init(writtenIfKnown: "source", \.provenance?.source, "Where they come from."),
        ]
    }
}

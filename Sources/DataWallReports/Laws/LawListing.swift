import LawFiles
public import OrderedJSON
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
    ///   - objectives: What plans can minimise, in the order to list them.
    ///   - hyperparameters: Rules for batch size and learning rate, in the order to list them.
    ///   - mixtures: How weights of sources can be chosen, in the order to list them.
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
    /// - Complexity: O(*n*) in the models.
    public func text() -> [String] {
        var lines = Self.table("law", laws)
        if !curves.isEmpty { lines += [""] + Self.table("repetition curve", curves) }
        if !objectives.isEmpty {
            var table = TextTable(columns: ["objective": .left, "unit": .left, "what it minimises": .left])
            for objective in objectives { table.add([objective.identifier, objective.unit, objective.summary]) }
            lines += [""] + table.lines
        }
        if !hyperparameters.isEmpty {
            var table = TextTable(columns: ["hyperparameters": .left, "constants": .left, "what it gives": .left])
            for card in hyperparameters { table.add([card.identifier, card.provenance.kind.rawValue, card.summary]) }
            lines += [""] + table.lines
        }
        if !mixtures.isEmpty {
            var table = TextTable(columns: ["mixture method": .left, "how it chooses the weights of sources": .left])
            for method in mixtures { table.add([method.identifier, method.summary]) }
            lines += [""] + table.lines
        }
        lines += [
            "",
            "Constants: published, in the paper or its authors' code; refit here, fitted by this project to public runs;",
            "user, a form whose constants come from your own fit.",
        ]
        return lines
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
            .init(written: "summary", \.card.summary, "What it is."),
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
            .init(written: "summary", \.summary, "What it is."),
            .init(writtenIfKnown: "unit", \.unit, "The unit of what it minimises."),
            .init(writtenIfKnown: "provenance", \.provenance?.kind, "Who found its constants."),
            .init(writtenIfKnown: "source", \.provenance?.source, "Where they come from."),
        ]
    }
}

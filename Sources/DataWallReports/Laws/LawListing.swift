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
    public var json: JSONValue {
        .object([
            "format": "datawall-laws", "version": 1, "laws": .array(laws.map(Self.json)),
            "curves": .array(curves.map(Self.json)),
            "objectives": .array(
                objectives.map {
                    .object([
                        "name": .string($0.identifier), "summary": .string($0.summary), "unit": .string($0.unit),
                    ])
                }),
            "hyperparameters": .array(
                hyperparameters.map {
                    .object([
                        "name": .string($0.identifier), "summary": .string($0.summary),
                        "provenance": .string($0.provenance.kind.rawValue), "source": .string($0.provenance.source),
                    ])
                }),
            "mixtures": .array(
                mixtures.map { .object(["name": .string($0.identifier), "summary": .string($0.summary)]) }),
        ])
    }

    private static func json(_ card: ModelCard) -> JSONValue {
        .object([
            "name": .string(card.identifier), "summary": .string(card.summary),
            "repetition": .string(card.repetition.rawValue), "provenance": .string(card.provenance.kind.rawValue),
            "coefficients": .array(card.coefficientNames.map { .string($0) }),
            "ensemble": .integer(card.ensemble.count),
        ])
    }
}

public import DataWallReports
public import LawFiles
import ScalingLaws
public import ScalingLawsTesting

/// All options of `datawall laws` for one model.
///
/// The answers are its description, its law file, and whether it keeps the promises of laws.
public struct LawsRequest: Sendable {
    /// The name of a law, curve or rule, or the path of a law file.
    public var name: String

    /// The models that names are looked up in.
    public var models: ModelCatalog

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - name: The name of a law, curve or rule, or the path of a law file.
    ///   - models: The models that names are looked up in.
    public init(_ name: String, models: ModelCatalog = .standard) {
        self.name = name
        self.models = models
    }

    /// The description of the model; a law comes before a curve or rule of the same name.
    ///
    /// - Throws: `LawError.unknownName` with the nearest names, `LawFileError` for an unusable law file.
    public func describe() throws -> ModelDescription {
        if models.laws[name] == nil {
            if let curve = models.curves[name] { return ModelDescription(curve) }
            if let rule = models.hyperparameters[name] { return ModelDescription(rule) }
        }
        return ModelDescription(try models.law(name))
    }

    /// The law file that states the law.
    ///
    /// - Throws: `LawError.unknownName` with the nearest names, `LawFileError` for an unusable law file.
    public func lawFile() throws -> FileLaw {
        let law = try models.law(name)
        return law as? FileLaw ?? FileLaw(card: law.card, formula: law.formula)
    }

    /// The promises of laws that the law breaks.
    ///
    /// - Parameter features: Values for the further quantities that its formula reads.
    /// - Returns: The violations; empty if it keeps all promises.
    /// - Throws: `LawError.unknownName` with the nearest names, `LawFileError` for an unusable law file.
    public func check(features: [String: Double] = [:]) throws -> [ConformanceViolation] {
        let law = try models.law(name)
        let card = law.card
        let free = card.coefficients.filter { !$0.isHeld }
        // A law without any value waits for a fit. One with some of them looks ready for plans, and is not.
        let isPartial = free.contains { $0.value != nil }
        let missing = isPartial ? free.filter { $0.value == nil }.map(\.name) : []
        return missing.map {
            ConformanceViolation(.card, "the coefficient '\($0)' has no value: write it, or fit the law to runs")
        } + LawConformance(features: features).violations(of: law)
    }
}

extension ModelCatalog {
    /// All models, as tables.
    public var listing: LawListing {
        LawListing(
            laws: laws.models, curves: curves.models, objectives: objectives.models,
            hyperparameters: hyperparameters.models, mixtures: mixtures.models)
    }
}

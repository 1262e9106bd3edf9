/// Models by name, in the order they were added.
///
/// A registry is a value: build one, extend a copy, pass it on. It refuses a second model under a taken name, and the
/// error for an unknown name lists the nearest known ones.
public struct Registry<Model: Sendable>: Sendable {
    /// The kind of entry, in the singular, as messages name it: `law`, `objective`.
    public let kind: String

    /// The names, in the order they were added.
    public private(set) var names: [String] = []

    private var modelsByName: [String: Model] = [:]

    /// Creates an empty registry.
    ///
    /// - Parameter kind: The kind of entry, in the singular, such as `law`.
    public init(kind: String) {
        self.kind = kind
    }

    /// Creates a registry of a program's own models.
    ///
    /// - Precondition: The names differ. Use ``register(_:named:)`` for models that come from elsewhere.
    public init(kind: String, _ models: KeyValuePairs<String, Model>) {
        self.kind = kind
        for (name, model) in models {
            precondition(modelsByName.updateValue(model, forKey: name) == nil, "two models named \(name)")
            names.append(name)
        }
    }

    /// Creates a registry of a program's own models under their identifiers.
    ///
    /// - Precondition: The identifiers differ.
    package init(kind: String, _ models: [Model], identifier: (Model) -> String) {
        self.init(kind: kind)
        for model in models {
            do throws(LawError) {
                try register(model, named: identifier(model))
            } catch { preconditionFailure("\(error)") }
        }
    }

    /// The models, in the order they were added.
    public var models: [Model] {
        names.compactMap { modelsByName[$0] }
    }

    /// The model of a name, or `nil`.
    public subscript(name: String) -> Model? {
        modelsByName[name]
    }

    /// The model of a name.
    ///
    /// - Throws: ``LawError/unknownName(_:kind:nearest:known:)``, which lists the nearest names.
    public func model(named name: String) throws(LawError) -> Model {
        guard let model = modelsByName[name] else {
            throw .unknownName(name, kind: kind, nearest: nearestNames(to: name, among: names), known: names)
        }
        return model
    }

    /// Adds a model.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` where the name is taken.
    public mutating func register(_ model: Model, named name: String) throws(LawError) {
        guard modelsByName[name] == nil else { throw .duplicateName(name, kind: kind) }
        modelsByName[name] = model
        names.append(name)
    }

    /// Returns a copy with one more model.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` if the name is taken.
    public func registering(_ model: Model, named name: String) throws(LawError) -> Registry {
        var copy = self
        try copy.register(model, named: name)
        return copy
    }
}

extension Registry where Model == any ScalingLaw {
    /// Creates a registry of a program's own laws under the identifiers of their cards.
    ///
    /// - Precondition: The identifiers differ.
    public init(laws: [any ScalingLaw]) {
        self.init(kind: "law", laws) { $0.card.identifier }
    }

    /// The law of a name.
    ///
    /// - Throws: ``LawError/unknownName(_:kind:nearest:known:)``, which lists the nearest names.
    public func law(named name: String) throws(LawError) -> any ScalingLaw {
        try model(named: name)
    }

    /// Returns a copy with one more law.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` if the name is taken.
    public func registering(_ law: any ScalingLaw) throws(LawError) -> Registry {
        try registering(law, named: law.card.identifier)
    }

    /// Adds a law under the identifier of its card.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` where the name is taken.
    public mutating func register(_ law: any ScalingLaw) throws(LawError) {
        try register(law, named: law.card.identifier)
    }
}

extension Registry where Model == any RepetitionCurve {
    /// Creates a registry of a program's own curves under the identifiers of their cards.
    ///
    /// - Precondition: The identifiers differ.
    public init(curves: [any RepetitionCurve]) {
        self.init(kind: "repetition curve", curves) { $0.card.identifier }
    }

    /// The curve of a name.
    ///
    /// - Throws: ``LawError/unknownName(_:kind:nearest:known:)``, which lists the nearest names.
    public func curve(named name: String) throws(LawError) -> any RepetitionCurve {
        try model(named: name)
    }

    /// Adds a curve under the identifier of its card.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` where the name is taken.
    public mutating func register(_ curve: any RepetitionCurve) throws(LawError) {
        try register(curve, named: curve.card.identifier)
    }
}

extension Registry where Model == any HyperparameterLaw {
    /// Creates a registry of a program's own rules under the identifiers of their cards.
    ///
    /// - Precondition: The identifiers differ.
    public init(hyperparameters: [any HyperparameterLaw]) {
        self.init(kind: "rule for hyperparameters", hyperparameters) { $0.card.identifier }
    }

    /// Adds a rule under the identifier of its card.
    ///
    /// - Throws: ``LawError/duplicateName(_:kind:)`` where the name is taken.
    public mutating func register(_ rule: any HyperparameterLaw) throws(LawError) {
        try register(rule, named: rule.card.identifier)
    }
}

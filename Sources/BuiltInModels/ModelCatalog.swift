public import ScalingLaws
public import TrainingPlanning

/// The models a program knows, by kind.
///
/// A catalog is a value: take ``standard``, add your own, pass it on.
///
/// ```swift
/// var models = ModelCatalog.standard
/// try models.laws.register(MyLaw())
/// ```
public struct ModelCatalog: Sendable {
    /// Laws of the loss of a run.
    public var laws: Registry<any ScalingLaw>

    /// Curves of the worth of repeated tokens.
    public var curves: Registry<any RepetitionCurve>

    /// The objectives that plans can minimise.
    public var objectives: Registry<any PlanningObjective>

    /// Rules for batch size and learning rate.
    public var hyperparameters: Registry<any HyperparameterLaw>

    /// How the weights of sources are chosen.
    public var mixtures: Registry<any MixtureMethod>

    /// Creates a catalog.
    public init(
        laws: Registry<any ScalingLaw>, curves: Registry<any RepetitionCurve>,
        objectives: Registry<any PlanningObjective> = Registry(objectives: []),
        hyperparameters: Registry<any HyperparameterLaw> = Registry(hyperparameters: []),
        mixtures: Registry<any MixtureMethod> = Registry(mixtures: [])
    ) {
        self.laws = laws
        self.curves = curves
        self.objectives = objectives
        self.hyperparameters = hyperparameters
        self.mixtures = mixtures
    }

    /// The laws that plans weigh if none is named.
    ///
    /// These are the laws whose advice was measured on runs that they were not fitted to; all others must be named.
    public var decidingLaws: [any ScalingLaw] {
        laws.models.filter { !$0.card.evidence.isEmpty }
    }
}

public import ScalingLaws

/// A way to choose the weights of the sources of a supply.
///
/// ```swift
/// struct Uniform: MixtureMethod {
///     let identifier = "uniform"
///     let summary = "the same weight for every source"
///     func weights(for question: MixtureQuestion) -> [Double] {
///         question.sources.map { _ in 1 / Double(question.sources.count) }
///     }
/// }
/// ```
///
/// Callers rely on these promises:
/// - The method is a pure value: the same question has the same weights, from any thread.
/// - Weights are 0 or more and add up to 1, one for each source of the question, in its order; the order itself has no
///   effect on them.
/// - Only ratios matter: of sizes to the training tokens, and of qualities to each other.
/// - A method need not keep caps and floors; its allocation marks sources that break them.
public protocol MixtureMethod: Sendable {
    /// The name that commands and files use, in lower case with hyphens.
    var identifier: String { get }

    /// One line on how weights are chosen.
    var summary: String { get }

    /// The share of the training tokens that each source gets.
    ///
    /// - Throws: A ``MixtureError`` where the method has no answer, such as for more tokens than its caps allow.
    func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double]

    /// The method's objective and its value for an allocation; `nil` (the default) for a method that optimises nothing.
    func objective(of allocation: MixtureAllocation, for question: MixtureQuestion) throws(MixtureError)
        -> MixtureObjective?

    /// The weights with all quantities that follow from them.
    ///
    /// A method that solves a ``MixtureProblem`` also gives its certificate and prices; by default there are none.
    func allocation(for question: MixtureQuestion) throws(MixtureError) -> MixtureAllocation
}

extension MixtureMethod {
    /// No objective.
    public func objective(
        of allocation: MixtureAllocation, for question: MixtureQuestion
    ) throws(MixtureError) -> MixtureObjective? { nil }

    /// The method's weights, evaluated in the same way as those of all methods.
    public func allocation(for question: MixtureQuestion) throws(MixtureError) -> MixtureAllocation {
        var allocation = try MixtureAllocation(
            method: identifier, weights: try weights(for: question), for: question)
        allocation.objective = try objective(of: allocation, for: question)
        return allocation
    }
}

extension Registry where Model == any MixtureMethod {
    /// Creates a registry of a program's own mixture methods under their identifiers.
    ///
    /// - Precondition: The identifiers differ.
    public init(mixtures: [any MixtureMethod]) {
        self.init(kind: "mixture method", mixtures) { $0.identifier }
    }

    /// Adds a mixture method under its identifier.
    ///
    /// - Throws: `LawError.duplicateName(_:kind:)` where the name is taken.
    public mutating func register(_ method: any MixtureMethod) throws(LawError) {
        try register(method, named: method.identifier)
    }
}

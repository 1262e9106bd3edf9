public import ScalingLaws

/// How the training compute of a run is counted.
///
/// The count is proportional to the tokens: FLOPs for each token, as a formula of the model's size.
public struct FLOPModel: Sendable {
    /// The name that plans print, such as `6ND`.
    public let name: String

    /// Training FLOPs for each token, a formula over N that rises with it.
    public let perToken: Formula

    /// FLOPs for each token if N leaves out embeddings, or `nil` if that does not change the count.
    var perTokenWithoutEmbeddings: Formula?

    /// FLOPs for each parameter and token, if that is a constant.
    let perParameterAndToken: Double?

    /// Creates a count.
    ///
    /// - Parameters:
    ///   - name: The name that plans print.
    ///   - perToken: FLOPs for each token as a formula only over N; it must rise with N.
    public init(name: String, perToken: Formula) {
        self.name = name
        self.perToken = perToken
        perParameterAndToken = nil
    }

    /// The count for the parameters that a law counts.
    func counting(_ setup: ModelSetup) -> FLOPModel {
        guard !setup.countsEmbeddings, let perTokenWithoutEmbeddings else { return self }
        return FLOPModel(name: name, perToken: perTokenWithoutEmbeddings)
    }

    private init(name: String, perParameterAndToken factor: Double) {
        self.name = name
        perToken = .constant(factor) * .symbol(.parameters)
        perParameterAndToken = factor
    }

    /// Six FLOPs for each parameter and token: two forward, four backward.
    ///
    /// Source: Kaplan et al. 2020, arXiv:2001.08361, section 2.1.
    public static let sixND = FLOPModel(name: "6ND", perParameterAndToken: 6)
}

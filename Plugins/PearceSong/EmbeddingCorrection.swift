public import ScalingLaws

/// The embedding correction of Pearce and Song (2024): N_T = N + ω·N^(1/3), N without embeddings and N_T with them.
///
/// Kaplan's advice to grow models as C^0.73 and Chinchilla's as C^0.5 agree once the same parameters are counted: over
/// Kaplan's small models the embeddings are most of the total, and the *local* exponent of the optimum is far above
/// its limit.
///
/// Source: Pearce and Song 2024, arXiv:2406.12907; ω = 47,491 fits the aspect ratio, vocabulary and context of Kaplan's
/// models.
public struct EmbeddingCorrection: Sendable, Hashable {
    /// ω, in parameters^(2/3).
    public let omega: Double

    /// Creates the correction.
    ///
    /// - Parameter omega: ω.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
    public init(omega: Double = 47_491) throws(LawError) {
        try Self.check(omega, "omega")
        self.omega = omega
    }

    /// All parameters of a model, embeddings included.
    ///
    /// - Parameter nonEmbedding: N, without embeddings.
    /// - Returns: N_T.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
    public func totalParameters(nonEmbedding: Double) throws(LawError) -> Double {
        try Self.check(nonEmbedding, "the number of parameters (N)")
        return nonEmbedding + omega * Self.cubeRoot(nonEmbedding)
    }

    /// The compute (embeddings excluded) for which a model size is optimal under a law of Chinchilla's form.
    ///
    /// C = 6·(βB/(αA))^(1/β)·(N + ωN^(1/3))^((1+α)/β)·(N + (ω/3)N^(1/3))^(−1/β)·N.
    ///
    /// - Parameters:
    ///   - nonEmbedding: N, without embeddings.
    ///   - law: The law's constants; their N_T is the model size.
    /// - Returns: C in FLOPs, 6·N·D.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
    public func optimalCompute(nonEmbedding: Double, under law: Constants) throws(LawError) -> Double {
        try Self.check(nonEmbedding, "the number of parameters (N)")
        return Elementary.exp(logOptimalCompute(nonEmbedding, law))
    }

    /// The local exponent of the optimal model size in compute, d ln N / d ln C.
    ///
    /// It runs from β/(α/3 + β) for small models to β/(α + β) for large ones.
    ///
    /// - Parameters:
    ///   - nonEmbedding: N, without embeddings.
    ///   - law: The law's constants.
    /// - Returns: The exponent.
    /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
    public func localExponent(nonEmbedding: Double, under law: Constants) throws(LawError) -> Double {
        try Self.check(nonEmbedding, "the number of parameters (N)")
        let root = omega * Self.cubeRoot(nonEmbedding)
        let total = (nonEmbedding + root / 3) / (nonEmbedding + root)
        let slope = (nonEmbedding + root / 9) / (nonEmbedding + root / 3)
        return 1 / (1 + (1 + law.alpha) / law.beta * total - slope / law.beta)
    }

    /// The exponent that a straight line through the optimum in logarithms has over a range of model sizes.
    ///
    /// - Parameters:
    ///   - range: Sizes N without embeddings; Kaplan's were 790 to 1.58e9.
    ///   - law: The law's constants.
    ///   - points: How many sizes, evenly spaced in logarithm, to draw the line through.
    /// - Returns: The slope of ln N over ln C, by least squares.
    /// - Throws: `LawError.unusableQuantity` for a range that is not positive.
    /// - Complexity: O(*n*) in the points.
    public func fittedExponent(
        over range: ClosedRange<Double>, under law: Constants, points: Int = 200
    ) throws(LawError) -> Double {
        try Self.check(range.lowerBound, "the smallest number of parameters (N)")
        try Self.check(range.upperBound, "the largest number of parameters (N)")
        precondition(points >= 2 && range.lowerBound < range.upperBound, "a line needs two points")
        let (low, high) = (Elementary.log(range.lowerBound), Elementary.log(range.upperBound))
        let sizes = (0..<points).map { low + (high - low) * Double($0) / Double(points - 1) }
        let computes = sizes.map { logOptimalCompute(Elementary.exp($0), law) }
        let meanSize = sizes.reduce(0, +) / Double(points)
        let meanCompute = computes.reduce(0, +) / Double(points)
        var covariance = 0.0
        var variance = 0.0
        for (size, compute) in zip(sizes, computes) {
            covariance += (size - meanSize) * (compute - meanCompute)
            variance += (compute - meanCompute) * (compute - meanCompute)
        }
        return covariance / variance
    }

    /// Exponents and factors of a law of Chinchilla's form.
    public struct Constants: Sendable, Hashable {
        /// A, the weight of the model's size.
        public let sizeWeight: Double

        /// B, the weight of the data.
        public let dataWeight: Double

        /// α.
        public let alpha: Double

        /// β.
        public let beta: Double

        /// Creates constants.
        ///
        /// - Parameters:
        ///   - sizeWeight: A.
        ///   - dataWeight: B.
        ///   - alpha: α.
        ///   - beta: β.
        /// - Throws: `LawError.unusableQuantity` for a number that is not positive and finite.
        public init(sizeWeight: Double, dataWeight: Double, alpha: Double, beta: Double) throws(LawError) {
            try EmbeddingCorrection.check(sizeWeight, "A")
            try EmbeddingCorrection.check(dataWeight, "B")
            try EmbeddingCorrection.check(alpha, "alpha")
            try EmbeddingCorrection.check(beta, "beta")
            self.sizeWeight = sizeWeight
            self.dataWeight = dataWeight
            self.alpha = alpha
            self.beta = beta
        }
    }

    private func logOptimalCompute(_ nonEmbedding: Double, _ law: Constants) -> Double {
        let root = omega * Self.cubeRoot(nonEmbedding)
        let ratio = Elementary.log(law.beta * law.dataWeight / (law.alpha * law.sizeWeight)) / law.beta
        return Elementary.log(6 * nonEmbedding) + ratio
            + (1 + law.alpha) / law.beta * Elementary.log(nonEmbedding + root)
            - Elementary.log(nonEmbedding + root / 3) / law.beta
    }

    private static func cubeRoot(_ value: Double) -> Double {
        Elementary.exp(Elementary.log(value) / 3)
    }

    fileprivate static func check(_ value: Double, _ name: String) throws(LawError) {
        guard value > 0, value < .infinity else { throw .unusableQuantity(name, value: value) }
    }
}

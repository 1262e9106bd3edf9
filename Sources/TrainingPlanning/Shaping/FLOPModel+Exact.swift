import ScalingLaws

extension FLOPModel {
    /// FLOPs for each token of a family's models: matrices, output embeddings and attention over the context.
    ///
    /// This extends the count of ``ModelShape/trainingFLOPsPerToken`` for one shape to all sizes. The width d solves
    /// N = 12·d³/a + e·d, by the hyperbolic form of Cardano's formula. a is the family's usual aspect ratio at N, and
    /// e·d the embeddings. A token then takes 6·(12·d³/a + V·d) + 12·d²·context/a. Norms and biases, below a
    /// thousandth, are left out.
    ///
    /// - Parameter family: The family: its vocabulary, context and embeddings determine the count.
    /// - Returns: The count.
    public static func exact(_ family: ModelFamily) -> FLOPModel {
        let total = Formula.symbol(.parameters)
        let aspect = aspectRatio(of: total)
        // The only real root of d³ + p·d = q is 2·√(p/3)·sinh(asinh(q/2·(3/p)^1.5)/3).
        let embedded =
            Double(family.vocabularySize) * (family.hasTiedEmbeddings ? 1 : 2)
            + (family.architecture == .gpt ? Double(family.contextLength) : 0)
        let p = .constant(embedded / 12) * aspect
        let q = total * aspect / 12
        let argument = q / 2 * pow(3 / p, 1.5)
        let third = log(argument + sqrt(argument * argument + 1)) / 3
        let width = sqrt(p / 3) * (exp(third) - exp(-third))
        var model = FLOPModel(name: "exact", perToken: flops(of: family, width: width, aspect: aspect))
        let bare = pow(total * aspect / 12, 1.0 / 3)
        model.perTokenWithoutEmbeddings = flops(of: family, width: bare, aspect: aspect)
        return model
    }

    private static func flops(of family: ModelFamily, width: Formula, aspect: Formula) -> Formula {
        let layers = width / aspect
        let matrices = 12 * layers * width * width + .constant(Double(family.vocabularySize)) * width
        return 6 * matrices + .constant(12 * Double(family.contextLength)) * layers * width
    }

    /// ``ModelFamily/usualAspectRatio(parameters:)`` as a formula.
    private static func aspectRatio(of parameters: Formula) -> Formula {
        let share = (log(parameters) - .constant(Elementary.log(1e8))) / .constant(Elementary.log(100))
        return 64 * exp(min(1, max(0, share)) * .constant(Elementary.log(2)))
    }
}

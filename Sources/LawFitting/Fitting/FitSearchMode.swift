/// How the minimum of an objective is searched for.
public enum FitSearchMode: Sendable, Hashable {
    /// Few, well-chosen starts: the coefficients in which the loss is linear are solved for, the others sampled evenly,
    /// and the best places refined. Milliseconds, and the same minimum as the reference on the laws that ship.
    case standard

    /// Hoffmann's 4,500 starts for Chinchilla's form (arXiv:2203.15556, appendix D.3), or as many evenly spread ones
    /// for other laws, each by L-BFGS with SciPy's default tolerances.
    case reference

    /// The local minimum that is downhill from values of the coefficients; those not named start at the card's.
    case local(from: [String: Double])
}

/// A quantity of a training run that a formula may use.
public enum RunSymbol: Sendable, Hashable {
    /// N, the weights of the model, embeddings included unless the law says otherwise.
    case parameters

    /// D, the tokens processed, repeats included.
    case tokens

    /// U, the unique tokens used: the smaller of those available and D.
    case uniqueTokens

    /// R, the repetitions: D/U − 1 if data repeat, else 0.
    case repetitions

    /// C, the training compute in FLOPs: 6·N·D.
    case compute

    /// r, the passes over one source: the variable of a repetition curve.
    case epochs

    /// A further quantity of the run, by name, such as `weight_decay`.
    case feature(String)

    /// How the symbol is written in formula text.
    public var text: String {
        switch self {
        case .parameters: "N"
        case .tokens: "D"
        case .uniqueTokens: "U"
        case .repetitions: "R"
        case .compute: "C"
        case .epochs: "r"
        case .feature(let name): name
        }
    }
}

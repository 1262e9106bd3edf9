/// A quantity of a run that a compiled formula reads; the symbols of the run are computed from these.
public enum RunInput: Sendable, Hashable {
    /// N, the weights of the model.
    case parameters

    /// D, the tokens processed, repeats included.
    case tokens

    /// The unique tokens available; a run uses at most D of them.
    case availableUniqueTokens

    /// r, the passes over one source.
    case epochs

    /// A further quantity, by name.
    case feature(String)
}

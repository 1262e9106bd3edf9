/// How a law treats data that a run reads more than once.
public enum RepetitionTreatment: String, Sendable, Hashable, CaseIterable {
    /// Nothing: a repeated token counts like a fresh one, so the law holds for single-epoch runs only.
    case none

    /// Repeats are worth less and less, along a repetition curve; more of them never harm.
    case curve

    /// Repeats add to the loss: past some point they harm.
    case penalty
}

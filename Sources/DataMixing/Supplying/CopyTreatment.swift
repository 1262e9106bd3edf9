/// What happens to copies before training.
public enum CopyTreatment: String, Sendable, Hashable, CaseIterable {
    /// Copies are removed, so that a pass over the files shows every unique token once.
    case dedup

    /// Copies stay, so that a text with many copies is seen that much more often.
    case asIs = "is"
}

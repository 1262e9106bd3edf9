public import ScalingLaws

/// A law that a plan rests on.
public struct LawReference: Sendable, Hashable {
    /// Its name.
    public var name: String

    /// Where its numbers come from.
    public var provenance: Provenance.Kind
}

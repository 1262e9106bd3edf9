/// Whether twice as many passes over the same data are better, at the same compute.
public struct EpochStep: Sendable, Hashable {
    /// The passes before: k of k → 2k.
    public var epochs: Double

    /// The share of the draws under which 2k passes reach a lower cost than k, weighted by family.
    public var share: Double

    /// The mean fall of ln cost from k to 2k passes over the draws; below 0 if it rises.
    public var gain: Double

    /// The share within each family, in the order of the plan's families.
    public var familyShares: [Double]
}

extension EpochStep {
    /// A step before its fields are read from a file.
    package static let blank = EpochStep(epochs: 0, share: 0, gain: 0, familyShares: [])
}

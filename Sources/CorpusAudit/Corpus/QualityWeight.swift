/// A quality weight in millionths, from 0 to 16.777215: exact to add, 24 bits in a record.
struct QualityWeight: Sendable, Hashable {
    let millionths: UInt32

    static let one = QualityWeight(millionths: 1_000_000)

    init(millionths: UInt32) { self.millionths = millionths }

    /// Rounds to the nearest millionth; `nil` where the weight is not a number or out of range.
    init?(_ weight: Double) {
        let scaled = (weight * 1_000_000).rounded()
        guard scaled >= 0, scaled < 16_777_216 else { return nil }
        millionths = UInt32(scaled)
    }

    var value: Double { Double(millionths) / 1_000_000 }
}

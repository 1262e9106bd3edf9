/// A row of bars, one a value, in a line of text.
public struct Sparkline: Sendable, Hashable {
    private let values: [Double?]

    /// Creates a row; values that are not finite leave a gap.
    public init(_ values: [Double?]) {
        self.values = values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
    }

    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The bars, the lowest value as the lowest; empty without a value.
    public var text: String {
        let known = values.compactMap { $0 }
        guard let low = known.min(), let high = known.max() else { return "" }
        return String(
            values.map { value -> Character in
                guard let value else { return " " }
                let share = high > low ? (value - low) / (high - low) : 0
                return Self.bars[Swift.min(Int(share * 8), 7)]
            })
    }
}

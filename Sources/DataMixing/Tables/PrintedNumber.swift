/// A number as it was printed, with half a unit of its last digit: what rounding may hide.
public struct PrintedNumber: Sendable, Hashable {
    /// The number.
    public var value: Double

    /// Half a unit of the last digit that was printed; 0 where the number is exact.
    public var rounding: Double

    /// Creates a number.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - rounding: Half a unit of the last digit that was printed.
    public init(_ value: Double, rounding: Double = 0) {
        self.value = value
        self.rounding = rounding
    }

    /// Reads a number as it was printed; `nil` where the text is none.
    ///
    /// - Parameter text: Digits with an optional decimal point, such as `0.045`; further forms count as exact.
    public init?(printed text: String) {
        guard let value = Double(text), value.isFinite else { return nil }
        self.value = value
        rounding = 0
        guard text.allSatisfy({ $0.isNumber || $0 == "." }) else { return }
        var unit = 1.0
        if let point = text.firstIndex(of: ".") {
            for _ in text[text.index(after: point)...] { unit /= 10 }
        }
        rounding = unit / 2
    }
}

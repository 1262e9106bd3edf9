/// What an engine hands pretokens to: it says what each counts, and adds up.
protocol PretokenTally: ~Copyable {
    /// What a pretoken counts; sums of those of a block, at most 64, must not overflow.
    associatedtype Amount: AdditiveArithmetic

    /// What a pretoken counts.
    ///
    /// - Parameters:
    ///   - bytes: The pretoken; 16 bytes must be readable.
    ///   - length: Its bytes, from 1.
    /// - Returns: What is to be handed to ``take(_:)``, summed or not.
    mutating func count(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Amount

    /// Adds to the total.
    mutating func take(_ amount: Amount)
}

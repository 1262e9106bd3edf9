/// Texts of a batch: one buffer, and where each text is in it.
///
/// Texts may overlap, in any order: equal ones may share their bytes.
public struct ParquetTexts: Sendable {
    /// How many rows there are, those without a text included.
    public let count: Int
    let buffer: PageBuffer?
    let places: [TextPlace]
    let first: Int

    /// The place of a row's text in the buffer; `nil` for a null.
    ///
    /// Rows count from 0 to `count - 1`.
    ///
    /// - Complexity: O(1).
    public func range(at row: Int) -> Range<Int>? {
        precondition(row >= 0 && row < count, "a batch of \(count) rows has no row \(row)")
        let place = places[first + row]
        guard place.count >= 0 else { return nil }
        return Int(place.offset)..<(Int(place.offset) + Int(place.count))
    }

    /// Runs a closure on the buffer, which is valid for as long as the closure runs.
    public func withBuffer<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(buffer) {} }
        return try body(buffer?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// A copy of a row's text; `nil` for a null.
    ///
    /// In loops over many texts, ``withBuffer(_:)`` copies nothing.
    public func bytes(at row: Int) -> [UInt8]? {
        range(at: row).map { range in withBuffer { Array($0[range]) } }
    }
}

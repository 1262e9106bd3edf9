import CDataWallVector

/// Finds and mends invalid UTF-8.
public enum UTF8Check {
    /// The instructions used to check whole texts.
    private static let vectors = datawall_widest_vectors()

    /// The offset of the first byte that is not part of a well-formed sequence (The Unicode Standard 16.0, table 3-7),
    /// or `nil` where all are.
    ///
    /// - Complexity: O(*n*), sixty-four bytes at a time where the text is well-formed.
    public static func firstFault(_ text: UnsafeBufferPointer<UInt8>) -> Int? { firstFault(text, vectors: vectors) }

    /// The same by some of this processor's instructions.
    static func firstFault(_ text: UnsafeBufferPointer<UInt8>, vectors: datawall_vectors) -> Int? {
        if let start = text.baseAddress, datawall_is_utf8(vectors, start, text.count) != 0 { return nil }
        return fault(in: text)?.lowerBound
    }

    /// The first faulty sequence: as many bytes as can begin a well-formed sequence, and at least one.
    private static func fault(in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: text.span)
            return nil
        } catch {
            return error.byteOffsets
        }
    }

    /// Writes the text with U+FFFD for each maximal part of an ill-formed sequence, and returns how many there were.
    ///
    /// So the standard recommends (section 3.9, "U+FFFD Substitution of Maximal Subparts"), and so does Python's
    /// `errors="replace"`.
    public static func mend(_ text: UnsafeBufferPointer<UInt8>, into mended: inout [UInt8]) -> Int {
        mended.removeAll(keepingCapacity: true)
        mended.reserveCapacity(text.count)
        var faults = 0
        var rest = text[...]
        while let fault = fault(in: UnsafeBufferPointer(rebasing: rest)) {
            mended.append(contentsOf: rest.prefix(fault.lowerBound))
            mended.append(contentsOf: [0xEF, 0xBF, 0xBD])
            faults += 1
            rest = rest.dropFirst(fault.upperBound)
        }
        mended.append(contentsOf: rest)
        return faults
    }
}

/// A session that mends and normalises each unit and passes the result to a counter of valid text.
///
/// The counter is a closure because it is where generic code is specialised for one pattern and one way of merging: a
/// generic session would be called through its unspecialised form, which is ten times slower.
final class DocumentSession: TokenCountingSession {
    private var front: TextFront
    private let countText: (UnsafePointer<UInt8>, Int, Int) -> Int

    /// Creates a session.
    ///
    /// - Parameters:
    ///   - front: The steps before a text is cut.
    ///   - countText: Counts the tokens of a valid text of at least one byte. Its arguments are the bytes, their
    ///     number, and how many of the first bytes represent the unit's first character. It keeps alive the vocabulary
    ///     that it uses.
    init(front: consuming TextFront, countText: @escaping (UnsafePointer<UInt8>, Int, Int) -> Int) {
        self.front = front
        self.countText = countText
    }

    var replacedSequences: Int { front.replacedSequences }

    func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
        precondition(counts.count == unitEnds.count, "one count per unit")
        precondition(unitEnds.isEmpty || unitEnds[unitEnds.count - 1] <= document.count, "units end in the document")
        document.withUnsafeBufferPointer { document in
            var start = 0
            for unit in unitEnds.indices {
                let end = unitEnds[unit]
                precondition(end >= start, "units end in ascending order")
                var total = 0
                if let bytes = document.baseAddress {
                    front.forEachPiece(of: bytes + start, end - start) { piece, length, origin in
                        total += countText(piece, length, origin)
                    } token: {
                        total += 1
                    }
                }
                counts[unit] = UInt32(clamping: total)
                start = end
            }
        }
    }
}

/// The treatment of the matches that a text is split at (`SplitDelimiterBehavior`).
enum SplitBehavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
}

/// Turns matches and the text between them, one after the other, into pieces.
struct SplitFold {
    private let behavior: SplitBehavior
    /// A piece that may still grow.
    private var pending: Range<Int>?
    private var pendingIsMatch = false

    init(_ behavior: SplitBehavior) { self.behavior = behavior }

    /// Takes a stretch that is not empty; calls `piece` with each piece that is complete.
    @inline(__always)
    mutating func take(_ start: Int, _ end: Int, isMatch: Bool, _ piece: (Int, Int) -> Void) {
        switch behavior {
        case .removed: if !isMatch { piece(start, end) }
        case .isolated: piece(start, end)
        case .contiguous, .mergedWithPrevious:
            let grows = behavior == .contiguous ? isMatch == pendingIsMatch : isMatch && !pendingIsMatch
            if grows, let before = pending {
                pending = before.lowerBound..<end
            } else {
                if let before = pending { piece(before.lowerBound, before.upperBound) }
                pending = start..<end
            }
            pendingIsMatch = isMatch
        case .mergedWithNext:
            let before = pending
            pending = nil
            if let before, !isMatch { return piece(before.lowerBound, end) }
            if let before { piece(before.lowerBound, before.upperBound) }
            if isMatch { pending = start..<end } else { piece(start, end) }
        }
    }

    /// Ends the text.
    @inline(__always)
    mutating func finish(_ piece: (Int, Int) -> Void) {
        if let before = pending { piece(before.lowerBound, before.upperBound) }
        pending = nil
    }
}

extension SplitFold {
    /// Splits a text at the matches that `matches` calls its argument with, and calls `piece` with each piece.
    @inline(__always)
    static func split(
        _ count: Int, _ behavior: SplitBehavior, inverts: Bool, _ piece: (Int, Int) -> Void,
        matches: ((Int, Int) -> Void) -> Void
    ) {
        var fold = SplitFold(behavior)
        var offset = 0
        withoutActuallyEscaping(piece) { piece in
            matches { start, end in
                if start > offset { fold.take(offset, start, isMatch: inverts, piece) }
                fold.take(start, end, isMatch: !inverts, piece)
                offset = end
            }
        }
        if offset < count { fold.take(offset, count, isMatch: inverts, piece) }
        fold.finish(piece)
    }
}

/// The fixed bins of scores: by their first two significant decimal digits, rounded down.
///
/// A bin holds the scores from *n*·10ᵉ up to, but not including, (*n* + 1)·10ᵉ, where *n* is from 10 to 99 for scores above
/// 0 and from −100 to −11 for those below. So a cut at any number of two significant digits falls between two bins, and
/// what lies on either side of it is exact. Scores from 0 up to 10⁻¹² are in one bin, and those from −10⁻¹² up to 0; so are
/// scores from 10¹² up, and those below −10¹². Edges are the doubles nearest to the decimals, as a score that is spelled
/// like the edge reads; nothing is rounded.
enum ScoreGrid {
    /// The edges, ascending: bin *i* starts at edge *i* − 1 and ends before edge *i*; the first and the last bin are open.
    static let edges: [Double] = {
        var positive: [Double] = []
        for exponent in -13..<11 {
            // A double in Swift is read to the nearest one.
            for digits in 10..<100 { positive.append(Double("\(digits)e\(exponent)") ?? 0) }
        }
        positive.append(1e12)
        return positive.reversed().map { -$0 } + [0] + positive
    }()

    static var count: Int { edges.count + 1 }

    /// The bin of a score.
    static func bin(of score: Double) -> Int {
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= score { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a bin starts and ends; `nil` where it is open.
    static func range(of bin: Int) -> (from: Double?, to: Double?) {
        (bin == 0 ? nil : edges[bin - 1], bin == edges.count ? nil : edges[bin])
    }
}

/// The fixed buckets of quality histograms: weight 0, then eight to an octave from 1/64 to 16.777216.
///
/// Fixed edges keep histograms of parts of a corpus addable; eight to an octave is a step of 9 %.
enum QualityGrid {
    /// Lower edges in millionths; the last one ends the last bucket.
    static let edges: [UInt32] = {
        var edges: [UInt32] = [0, 1]
        for octave in 0..<11 {
            // 15,625 millionths are 1/64. Steps of an eighth of the octave's start, exact in integers up to rounding.
            let base = 15_625 << octave
            for eighth in 0..<8 { edges.append(UInt32(base + base * eighth / 8)) }
        }
        return edges.filter { $0 < 16_777_216 } + [16_777_216]
    }()

    static var count: Int { edges.count - 1 }

    static func bucket(of quality: QualityWeight) -> Int {
        if quality == .one { return bucketOfOne }
        var low = 0
        var high = edges.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= quality.millionths { low = middle } else { high = middle }
        }
        return low
    }

    private static let bucketOfOne: Int = edges.lastIndex { $0 <= QualityWeight.one.millionths } ?? 0
}

/// Points spread evenly over the unit cube: Halton's sequence, one prime base per dimension.
enum LowDiscrepancy {
    private static let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]

    /// The point of an index, from 0.
    static func point(_ index: Int, dimensions: Int) -> [Double] {
        (0..<dimensions).map { dimension in
            let base = primes[dimension % primes.count]
            // The first points of large bases are on a line: skip them.
            var rest = index + 1 + (dimension / primes.count) * 7_919 + 20
            var fraction = 1.0
            var result = 0.0
            while rest > 0 {
                fraction /= Double(base)
                result += fraction * Double(rest % base)
                rest /= base
            }
            return result
        }
    }
}

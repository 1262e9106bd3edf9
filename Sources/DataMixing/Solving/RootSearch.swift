/// Root finding inside a bracket: inverse quadratic steps if they can be trusted, else halving.
///
/// Source: Chandrupatla 1997, Advances in Engineering Software 28(3), 145–149: fast on smooth functions, and never
/// slower than a small multiple of bisection on others.
enum RootSearch {
    /// An end of a bracket: a place and the function's value there.
    struct End {
        var x: Double
        var value: Double
    }

    /// The bracket around a sign change, narrowed until its width is within a tolerance or it cannot be halved.
    ///
    /// - Parameters:
    ///   - first: One end.
    ///   - second: The other end; its value has the other sign.
    ///   - tolerance: The width to stop at, relative to the place.
    ///   - limit: Evaluations at most.
    ///   - function: The function.
    /// - Returns: The last bracket, the end nearer to the root by value first.
    static func bracket(
        _ first: End, _ second: End, tolerance: Double, limit: Int = 200, _ function: (Double) -> Double
    ) -> (best: End, other: End) {
        var a = second
        var b = first
        if abs(a.value) > abs(b.value) { swap(&a, &b) }
        if a.value == 0 { return (a, b) }
        // Now b is the far end of the bracket and c the end before.
        var c = b
        var share = 0.5
        var count = 0
        while count < limit {
            let x = a.x + share * (b.x - a.x)
            guard x != a.x, x != b.x else { break }
            let value = function(x)
            count += 1
            if (value > 0) == (a.value > 0) {
                c = a
            } else {
                c = b
                b = a
            }
            a = End(x: x, value: value)
            let nearest = abs(a.value) < abs(b.value) ? a.x : b.x
            let width = 2 * (2.2e-16 + tolerance) * abs(nearest) / abs(b.x - a.x)
            if width >= 1 || value == 0 { break }
            let xi = (a.x - b.x) / (c.x - b.x)
            let phi = (a.value - b.value) / (c.value - b.value)
            if phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi {
                let forward = a.value / (b.value - a.value) * c.value / (b.value - c.value)
                let backward =
                    (c.x - a.x) / (b.x - a.x) * a.value / (c.value - a.value) * b.value / (c.value - b.value)
                share = forward + backward
                if !share.isFinite { share = 0.5 }
            } else {
                share = 0.5
            }
            share = Swift.min(Swift.max(share, width / 2), 1 - width / 2)
        }
        return abs(a.value) <= abs(b.value) ? (a, b) : (b, a)
    }
}

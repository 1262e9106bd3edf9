/// Linear algebra on the small symmetric matrices of fits: at most some dozen rows, stored row by row.
enum SymmetricSystem {
    /// Solves A·x = b by Cholesky's decomposition of the matrix scaled to a unit diagonal.
    ///
    /// - Parameters:
    ///   - matrix: A, symmetric; only its lower triangle is read.
    ///   - right: b.
    ///   - ridge: Added to the scaled diagonal.
    /// - Returns: x, or `nil` where the matrix is not positive definite.
    /// - Complexity: O(*n*³).
    static func solve(_ matrix: [Double], _ right: [Double], ridge: Double = 0) -> [Double]? {
        let n = right.count
        guard let (factor, scale) = factorized(matrix, n, ridge: ridge) else { return nil }
        var x = [Double](repeating: 0, count: n)
        for i in 0..<n {
            var sum = right[i] * scale[i]
            for k in 0..<i { sum -= factor[i * n + k] * x[k] }
            x[i] = sum / factor[i * n + i]
        }
        for i in stride(from: n - 1, through: 0, by: -1) {
            var sum = x[i]
            for k in (i + 1)..<Swift.max(n, i + 1) { sum -= factor[k * n + i] * x[k] }
            x[i] = sum / factor[i * n + i]
        }
        for i in 0..<n {
            x[i] *= scale[i]
            if !x[i].isFinite { return nil }
        }
        return x
    }

    /// The inverse of a symmetric positive definite matrix, or `nil`.
    static func inverse(_ matrix: [Double], count n: Int) -> [Double]? {
        var inverse = [Double](repeating: 0, count: n * n)
        for column in 0..<n {
            var unit = [Double](repeating: 0, count: n)
            unit[column] = 1
            guard let x = solve(matrix, unit) else { return nil }
            for row in 0..<n { inverse[row * n + column] = x[row] }
        }
        for row in 0..<n {
            for column in 0..<row {
                let mean = 0.5 * (inverse[row * n + column] + inverse[column * n + row])
                inverse[row * n + column] = mean
                inverse[column * n + row] = mean
            }
        }
        return inverse
    }

    private static func factorized(
        _ matrix: [Double], _ n: Int, ridge: Double
    ) -> (factor: [Double], scale: [Double])? {
        var scale = [Double](repeating: 1, count: n)
        for i in 0..<n {
            let diagonal = matrix[i * n + i]
            guard diagonal > 0, diagonal.isFinite else { return nil }
            scale[i] = 1 / diagonal.squareRoot()
        }
        var factor = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0...i {
                var sum = matrix[i * n + j] * scale[i] * scale[j]
                if i == j { sum += ridge }
                for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
                if i == j {
                    guard sum > 1e-15 else { return nil }
                    factor[i * n + i] = sum.squareRoot()
                } else {
                    factor[i * n + j] = sum / factor[j * n + j]
                }
            }
        }
        return (factor, scale)
    }

    /// The eigenvalues of a symmetric matrix, ascending, with their vectors, by Jacobi's rotations.
    ///
    /// - Complexity: O(*n*³) a sweep, some ten sweeps.
    static func eigen(_ matrix: [Double], count n: Int) -> [(value: Double, vector: [Double])] {
        var a = matrix
        var vectors = [Double](repeating: 0, count: n * n)
        for i in 0..<n { vectors[i * n + i] = 1 }
        for _ in 0..<60 {
            var off = 0.0
            for i in 0..<n {
                for j in 0..<i { off += a[i * n + j] * a[i * n + j] }
            }
            if off < 1e-300 { break }
            for p in 0..<n {
                for q in (p + 1)..<Swift.max(n, p + 1) where a[p * n + q] != 0 {
                    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<n {
                        let (x, y) = (a[k * n + p], a[k * n + q])
                        a[k * n + p] = c * x - s * y
                        a[k * n + q] = s * x + c * y
                    }
                    for k in 0..<n {
                        let (x, y) = (a[p * n + k], a[q * n + k])
                        a[p * n + k] = c * x - s * y
                        a[q * n + k] = s * x + c * y
                    }
                    for k in 0..<n {
                        let (x, y) = (vectors[k * n + p], vectors[k * n + q])
                        vectors[k * n + p] = c * x - s * y
                        vectors[k * n + q] = s * x + c * y
                    }
                }
            }
        }
        return (0..<n).map { index in
            (value: a[index * n + index], vector: (0..<n).map { vectors[$0 * n + index] })
        }.sorted { $0.value < $1.value }
    }
}

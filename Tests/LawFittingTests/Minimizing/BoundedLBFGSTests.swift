import Testing

@testable import LawFitting

@Suite struct BoundedLBFGSTests {
    /// Rosenbrock's valley in pairs of variables.
    final class Valley: MinimizationProblem {
        let lowerBounds: [Double]
        let upperBounds: [Double]

        init(_ n: Int, lower: Double = -.infinity, upper: Double = .infinity) {
            lowerBounds = [Double](repeating: lower, count: n)
            upperBounds = [Double](repeating: upper, count: n)
        }

        func evaluate(_ x: [Double], gradient: inout [Double]) -> Double {
            var sum = 0.0
            for i in stride(from: 0, to: x.count, by: 2) {
                let (a, b) = (1 - x[i], x[i + 1] - x[i] * x[i])
                sum += a * a + 100 * b * b
                gradient[i] = -2 * a - 400 * x[i] * b
                gradient[i + 1] = 200 * b
            }
            return sum
        }
    }

    static let tight = BoundedLBFGS(valueTolerance: 0, valueScale: 0, gradientTolerance: 1e-10)

    @Test("Rosenbrock's valley is followed to its end", arguments: [2, 10])
    func valley(n: Int) {
        let start = (0..<n).map { $0.isMultiple(of: 2) ? -1.2 : 1.0 }
        let result = Self.tight.minimize(Valley(n), from: start)
        #expect(result.x.allSatisfy { abs($0 - 1) < 1e-8 })
        #expect(result.evaluations < 120)
    }

    @Test("bounds hold, and the minimum on them is found")
    func bounds() {
        // With x ≤ ½ the valley's lowest point is (½, ¼), of value ¼.
        let problem = Valley(2, lower: -2, upper: 0.5)
        let result = Self.tight.minimize(problem, from: [-1.2, 1])
        #expect(abs(result.x[0] - 0.5) < 1e-12)
        #expect(abs(result.x[1] - 0.25) < 1e-9)
        #expect(abs(result.value - 0.25) < 1e-12)
    }

    @Test("a start outside the bounds is moved inside")
    func outside() {
        let result = Self.tight.minimize(Valley(2, lower: 0, upper: 3), from: [-7, 90])
        #expect(result.x.allSatisfy { abs($0 - 1) < 1e-8 })
    }

    @Test("a start without a value ends where it is")
    func undefined() {
        final class Nowhere: MinimizationProblem {
            let lowerBounds = [-1.0]
            let upperBounds = [1.0]
            func evaluate(_ x: [Double], gradient: inout [Double]) -> Double { .infinity }
        }
        let result = Self.tight.minimize(Nowhere(), from: [0.5])
        #expect(result.x == [0.5])
        #expect(result.value == .infinity)
    }
}

import ScalingLaws
import Testing

@testable import LawFitting

@Suite struct SymmetricSystemTests {
    /// A random positive definite matrix.
    static func matrix(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        let factor = (0..<n * n).map { _ in generator.normal() }
        var matrix = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0..<n {
                for k in 0..<n { matrix[i * n + j] += factor[i * n + k] * factor[j * n + k] }
            }
            matrix[i * n + i] += 0.1
        }
        return matrix
    }

    @Test("solutions, put back, give the right-hand side", arguments: [1, 2, 5, 10])
    func solutions(n: Int) throws {
        let matrix = Self.matrix(n, seed: UInt64(n))
        let right = (0..<n).map { Double($0) - 1.5 }
        let x = try #require(SymmetricSystem.solve(matrix, right))
        for i in 0..<n {
            let product = (0..<n).reduce(0) { $0 + matrix[i * n + $1] * x[$1] }
            #expect(abs(product - right[i]) < 1e-9)
        }
    }

    @Test("a matrix times its inverse is one", arguments: [1, 3, 8])
    func inverses(n: Int) throws {
        let matrix = Self.matrix(n, seed: UInt64(n + 20))
        let inverse = try #require(SymmetricSystem.inverse(matrix, count: n))
        for i in 0..<n {
            for j in 0..<n {
                let product = (0..<n).reduce(0) { $0 + matrix[i * n + $1] * inverse[$1 * n + j] }
                #expect(abs(product - (i == j ? 1 : 0)) < 1e-8)
            }
        }
    }

    @Test("eigenvectors are stretched by their eigenvalues", arguments: [1, 2, 6])
    func eigenvalues(n: Int) {
        let matrix = Self.matrix(n, seed: UInt64(n + 40))
        let pairs = SymmetricSystem.eigen(matrix, count: n)
        #expect(pairs.map(\.value) == pairs.map(\.value).sorted())
        for (value, vector) in pairs {
            for i in 0..<n {
                let product = (0..<n).reduce(0) { $0 + matrix[i * n + $1] * vector[$1] }
                #expect(abs(product - value * vector[i]) < 1e-9)
            }
        }
    }

    @Test("a singular matrix has no solution")
    func singular() {
        #expect(SymmetricSystem.solve([1, 1, 1, 1], [1, 0]) == nil)
        #expect(SymmetricSystem.solve([0], [1]) == nil)
    }
}

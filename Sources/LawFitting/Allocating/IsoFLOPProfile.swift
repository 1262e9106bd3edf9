import ScalingLaws

/// Runs of nearly equal compute, and the parabola of their losses over ln N: the second approach of Hoffmann and others
/// (2022), arXiv:2203.15556, section 3.2.
public struct IsoFLOPProfile: Sendable, Hashable {
    /// A run as a profile sees it.
    public struct Run: Sendable, Hashable {
        /// 6·N·D.
        public var compute: Double

        /// N.
        public var parameters: Double

        /// The loss.
        public var loss: Double

        /// Creates a run.
        public init(compute: Double, parameters: Double, loss: Double) {
            self.compute = compute
            self.parameters = parameters
            self.loss = loss
        }
    }

    /// The runs, from the smallest size to the largest.
    public let runs: [Run]

    /// The geometric mean of their compute.
    public let compute: Double

    /// N at the lowest point of the parabola.
    public let bestParameters: Double

    /// The loss there.
    public let bestLoss: Double

    /// Half the second derivative of the loss in ln N.
    public let curvature: Double

    /// The most by which the compute of a profile's runs may differ, as a factor.
    public static let spread = 1.1

    /// The fewest sizes of a profile.
    public static let fewestSizes = 4

    /// The loss of the parabola at a size.
    public func loss(at parameters: Double) -> Double {
        let distance = Elementary.log(parameters / bestParameters)
        return bestLoss + curvature * distance * distance
    }

    /// The profiles among runs, from the least compute to the most.
    ///
    /// Runs with compute within 10 % of the first one are a profile if they have at least 4 sizes and the parabola's
    /// lowest point is among them.
    ///
    /// - Parameter runs: The runs.
    /// - Returns: The profiles.
    public static func profiles(of runs: [Run]) -> [IsoFLOPProfile] {
        var groups: [[Run]] = []
        for run in runs.sorted(by: { ($0.compute, $0.parameters) < ($1.compute, $1.parameters) }) {
            if let first = groups.last?.first, run.compute <= first.compute * spread {
                groups[groups.count - 1].append(run)
            } else {
                groups.append([run])
            }
        }
        return groups.compactMap(IsoFLOPProfile.init)
    }

    private init?(_ runs: [Run]) {
        let sizes = runs.map { Elementary.log($0.parameters) }
        guard Set(runs.map(\.parameters)).count >= Self.fewestSizes, let low = sizes.min(), let high = sizes.max()
        else {
            return nil
        }
        let center = OrderStatistics.mean(sizes)
        var matrix = [Double](repeating: 0, count: 9)
        var right = [Double](repeating: 0, count: 3)
        for (run, size) in zip(runs, sizes) {
            let basis = [1, size - center, (size - center) * (size - center)]
            for i in 0..<3 {
                right[i] += basis[i] * run.loss
                for j in 0..<3 { matrix[i * 3 + j] += basis[i] * basis[j] }
            }
        }
        guard let c = SymmetricSystem.solve(matrix, right), c[2] > 0 else { return nil }
        let minimum = center - c[1] / (2 * c[2])
        guard minimum > low, minimum < high else { return nil }
        self.runs = runs.sorted { $0.parameters < $1.parameters }
        compute = Elementary.exp(OrderStatistics.mean(runs.map { Elementary.log($0.compute) }))
        bestParameters = Elementary.exp(minimum)
        bestLoss = c[0] - c[1] * c[1] / (4 * c[2])
        curvature = c[2]
    }
}

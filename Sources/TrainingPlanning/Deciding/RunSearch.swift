import ScalingLaws

/// A search for the best of a region's runs under any number of costs: one grid for all, then a descent for each.
///
/// A cost may be any function of x = ln N and y = ln D that is smooth except for kinks in y. At every x the descent
/// takes the best nearby y, so it follows the edges of the region and the kinks without knowing which of them it is at.
struct RunSearch {
    /// The runs allowed.
    let region: Region

    /// The y at which data begin to repeat, in order.
    let kinks: [Double]

    /// The only sizes allowed, as ln N in order; empty for any.
    let sizes: [Double]

    init(region: Region, kinks: [Double], sizes: [Double] = []) {
        self.region = region
        self.kinks = kinks
        self.sizes = sizes.sorted()
    }

    /// A point of the grid.
    struct Place {
        var x: Double
        var y: Double
    }

    /// How far from the given places the grid reaches, as powers of e.
    private static let reach = 6.0

    /// The grid's spacing, as powers of e.
    private static let spacing = 0.5

    /// Places all over the region, also along its edges and kinks, within a factor of 400 of the given centers.
    ///
    /// - Parameter centers: Places where optima are expected; at least one.
    /// - Returns: The places; empty if no run is allowed.
    func grid(around centers: [Candidate]) -> [Place] {
        guard let allowed = region.sizes else { return [] }
        let (xs, ys) = (centers.map(\.x), centers.map(\.y))
        let low = Swift.max(allowed.lowerBound, (xs.min() ?? 0) - Self.reach)
        let high = Swift.min(allowed.upperBound, (xs.max() ?? 0) + Self.reach)
        let (bottom, top) = ((ys.min() ?? 0) - Self.reach, (ys.max() ?? 0) + Self.reach)
        let columns: [Double]
        if !sizes.isEmpty {
            columns = sizes.filter { allowed.contains($0) }
        } else if high > low {
            let steps = Int(((high - low) / Self.spacing).rounded(.up))
            columns = (0...steps).map { $0 == steps ? high : low + (high - low) * Double($0) / Double(steps) }
        } else {
            columns = [Swift.min(Swift.max(low, allowed.lowerBound), allowed.upperBound)]
        }
        var places: [Place] = []
        for x in columns {
            guard let tokens = region.tokens(at: x) else { continue }
            let (least, most) = (Swift.max(tokens.lowerBound, bottom), Swift.min(tokens.upperBound, top))
            guard least <= most else {
                places.append(Place(x: x, y: bottom > tokens.upperBound ? tokens.upperBound : tokens.lowerBound))
                continue
            }
            let steps = Int(((most - least) / Self.spacing).rounded(.down))
            for step in 0...steps { places.append(Place(x: x, y: most - Self.spacing * Double(step))) }
            if most - least > Self.spacing * Double(steps) { places.append(Place(x: x, y: least)) }
            for kink in kinks where kink > least && kink < most { places.append(Place(x: x, y: kink)) }
        }
        return places
    }

    /// The local minimum that a descent from a place finds.
    ///
    /// - Parameters:
    ///   - start: The place.
    ///   - tolerance: The precision of ln N and ln D. Costs are far more precise, since they are flat there.
    ///   - cost: The cost; infinite where it has no value.
    /// - Returns: The minimum, or `nil` if no run is allowed.
    func descent(from start: Place, tolerance: Double, _ cost: (Double, Double) -> Double) -> Candidate? {
        guard let allowed = region.sizes else { return nil }
        var y = start.y
        var best: Candidate?
        /// The best tokens near a size, sought from those of the last one.
        func lowest(_ x: Double) -> Double {
            guard let tokens = region.tokens(at: x) else { return .infinity }
            let line = LineMinimum(range: tokens, step: 0.25, tolerance: tolerance, kinks: kinks)
            // Starts from the best tokens so far: if they are on an edge at one size, they usually are at the next.
            let found = line.from(y) { cost(x, $0) }
            if found.value < best?.cost ?? .infinity {
                best = Candidate(x: x, y: found.place, cost: found.value)
                y = found.place
            }
            return found.value
        }
        if sizes.isEmpty {
            let line = LineMinimum(range: allowed, step: 0.25, tolerance: tolerance)
            _ = line.from(start.x, lowest)
        } else {
            for size in sizes where allowed.contains(size) { _ = lowest(size) }
        }
        return best
    }
}

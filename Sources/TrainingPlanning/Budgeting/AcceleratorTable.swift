import ScalingLaws

/// Accelerators by name.
///
/// A table is a value: take ``standard``, add your own, pass it on.
public struct AcceleratorTable: Sendable, Hashable {
    /// The accelerators, in the order they were added.
    public private(set) var accelerators: [Accelerator]

    /// Creates a table.
    ///
    /// - Parameter accelerators: The accelerators; of two with one name, the later counts.
    public init(_ accelerators: [Accelerator] = []) {
        self.accelerators = []
        for accelerator in accelerators { add(accelerator) }
    }

    /// Adds an accelerator; one of the same name gives way to it.
    public mutating func add(_ accelerator: Accelerator) {
        if let index = accelerators.firstIndex(where: { Self.key($0.name) == Self.key(accelerator.name) }) {
            accelerators[index] = accelerator
        } else {
            accelerators.append(accelerator)
        }
    }

    /// The accelerator of a name, whose case, hyphens and blanks do not matter.
    ///
    /// - Parameter name: A name or an alias, such as `h100` or `H100-SXM`.
    /// - Returns: The accelerator.
    /// - Throws: ``PlanningError/law(_:)`` with the nearest names if there is none.
    /// - Complexity: O(*n*) in the table's rows.
    public func accelerator(named name: String) throws(PlanningError) -> Accelerator {
        let key = Self.key(name)
        if let found = accelerators.first(where: { Self.key($0.name) == key }) { return found }
        // The entry added last goes first, so that a user's aliases override those of the table.
        if let found = accelerators.last(where: { $0.aliases.contains { Self.key($0) == key } }) { return found }
        let names = accelerators.map(\.name)
        throw .law(
            .unknownName(name, kind: "accelerator", nearest: nearestNames(to: name, among: names), known: names))
    }

    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

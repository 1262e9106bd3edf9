public import Quantities
import ScalingLaws

/// A number with a name, written as `RD=20`.
public struct NamedNumber: Sendable, Hashable {
    /// The name.
    public var name: String

    /// The number.
    public var value: Double

    /// Creates a named number.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }

    /// Reads a name, an equals sign and a number.
    ///
    /// - Throws: `UnreadableQuantity` with the reason.
    public init(reading text: String) throws(UnreadableQuantity) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw UnreadableQuantity("write a name, an equals sign and a number, such as RD=20")
        }
        self.init(String(text[..<equals]), try Quantity.number(text[text.index(after: equals)...]))
    }
}

extension [NamedNumber] {
    /// The values by name; of a name given twice, the last.
    package var dictionary: [String: Double] {
        Dictionary(map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    /// Refuses `--set` with one name twice.
    func refuseRepeatedSetting() throws(RequestError) {
        guard let name = repeatedName else { return }
        throw RequestError("--set names '\(name)' twice: give each coefficient one value.")
    }

    /// The first name that is given twice.
    var repeatedName: String? {
        map(\.name).first { name in count { $0.name == name } > 1 }
    }

    /// Refuses features of a run that are given twice, or that no law reads.
    func featureRules(readBy laws: [any ScalingLaw]) -> [RequestError.Rule] {
        var known: Set<String> = []
        for law in laws {
            for case .feature(let name) in law.formula.symbols { known.insert(name) }
        }
        let twice = repeatedName
        return [(twice != nil, "--feature \(twice ?? "") is given twice: leave one out.")]
            + map { feature in
                (
                    !known.contains(feature.name),
                    "--feature \(feature.name): no law asked reads it"
                        + (known.isEmpty ? "." : "; they read \(known.sorted().joined(separator: ", ")).")
                )
            }
    }
}

public import DataMixing
public import LawFitting
import Quantities
import ScalingLaws

extension SourceValueFit {
    /// How far to trust the values; read this before any advice.
    public var quality: [String] {
        var table = TextTable(columns: ["source": .left, "a token is worth": .right])
        for (source, value) in zip(sources, values) { table.add([source, Quantity.significant(value, digits: 4)]) }
        let rank =
            crossValidation.map {
                "it ranks runs it has not seen with a Spearman correlation of \(Quantity.fixed($0.spearman, decimals: 3)), "
                    + "off by \(Quantity.significant($0.error, digits: 3))"
            } ?? "the runs are too few to hold some out and see how it ranks them"
        return [
            "Values for '\(target)' fitted to pilots: \(rank).",
            "Repeats lose a factor e every r1 = \(Quantity.count(decay, "pass", plural: "passes")); floor "
                + "\(Quantity.fixed(floor, decimals: 4)), exponent \(Quantity.significant(exponent, digits: 3)), error in ln L "
                + "\(Quantity.significant(error, digits: 2)).",
        ] + table.lines
    }
}

extension DataSupply {
    /// The supply with the qualities that pilots calibrated.
    ///
    /// - Parameter fit: The values of the sources.
    /// - Returns: The supply, its sources' qualities replaced.
    /// - Throws: `MixtureError.contradiction(_:)` where supply and pilots differ in their sources.
    public func calibrated(_ fit: SourceValueFit) throws(MixtureError) -> DataSupply {
        for name in fit.sources where !sources.contains(where: { $0.name == name }) {
            throw .contradiction(
                "the pilots mixed a source '\(name)' that the supply does not have, or has no tokens of: its sources are "
                    + sources.map(\.name).joined(separator: ", "))
        }
        var calibrated = sources
        for index in calibrated.indices {
            guard let place = fit.sources.firstIndex(of: calibrated[index].name) else {
                throw .contradiction(
                    "the supply's source '\(calibrated[index].name)' was in no pilot, so nothing is known of it: leave it "
                        + "out of the supply, or run pilots with it")
            }
            calibrated[index].quality = fit.values[place]
        }
        return try DataSupply(
            sources: calibrated, copies: treatment == .asIs ? copies : nil, bytesPerToken: bytesPerToken)
    }
}

import OrderedJSON
import TrainingPlanning

/// The formats of mixtures that data loaders read.
public enum LoaderFormat: String, Sendable, Hashable, CaseIterable {
    /// Megatron's `--data-path`: weight and path prefix of each data set, on one line.
    case megatron

    /// The `streams` of MosaicML's StreamingDataset, with the proportion of each, as YAML.
    case mosaic

    /// A table of sources with weight, tokens and epochs.
    case csv
}

extension MixtureReport {
    /// The mixture as a loader reads it: weights of the files as they lie where copies stay in them.
    ///
    /// - Parameters:
    ///   - format: The loader's format.
    ///   - path: The path of each source's data, with `{source}` in place of its name.
    /// - Returns: The text, with a final line end. Sources without weight are left out, except of the table.
    public func emitted(_ format: LoaderFormat, path: String = "{source}") -> String {
        let chosen = comparison.chosen
        let weights = rawWeights?.weights ?? chosen.weights
        func place(_ name: String) -> String {
            var result = ""
            var rest = Substring(path)
            while let range = rest.firstRange(of: "{source}") {
                result += rest[..<range.lowerBound] + name
                rest = rest[range.upperBound...]
            }
            return result + rest
        }
        let kept = chosen.sources.indices.filter { weights[$0] > 0 }
        switch format {
        case .megatron:
            return kept.map { "\(Self.decimal(weights[$0])) \(place(chosen.sources[$0].source.name))" }
                .joined(separator: " ") + "\n"
        case .mosaic:
            // JSON strings are YAML strings.
            return "streams:\n"
                + kept.map { index in
                    let name = chosen.sources[index].source.name
                    return "  \(Self.quoted(name)):\n    local: \(Self.quoted(place(name)))\n"
                        + "    proportion: \(Self.decimal(weights[index]))\n"
                }.joined()
        case .csv:
            return "source,weight,tokens,epochs\n"
                + chosen.sources.indices.map { index in
                    let item = chosen.sources[index]
                    return
                        "\(Self.cell(item.source.name)),\(weights[index]),\(weights[index] * chosen.tokens),\(item.epochs)\n"
                }.joined()
        }
    }

    /// A weight with twelve decimals: loaders want no exponents.
    private static func decimal(_ weight: Double) -> String { Quantity.fixed(weight, decimals: 12) }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).compactText }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

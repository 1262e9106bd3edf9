import CorpusAudit
import DataMixing
import OrderedJSON
import Quantities
import Tables

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
    /// The mixture in a loader's format; if copies stay in the files, with weights for the files as they are.
    ///
    /// Weights have twelve decimals that add up to exactly 1.
    ///
    /// - Parameters:
    ///   - format: The loader's format.
    ///   - path: The path of each source's data, with `{source}` in place of its name.
    /// - Returns: The text, with a final line end. Sources without weight are left out, except in the table.
    public func emitted(_ format: LoaderFormat, path: String = "{source}") -> String {
        let chosen = comparison.chosen
        let weights = rawWeights?.weights ?? chosen.weights
        let shares = DecimalShares(weights)
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
            // Words of a command line.
            return kept.map { "\(shares.text($0)) \(ShellWords.quoted(place(chosen.sources[$0].source.name)))" }
                .joined(separator: " ") + "\n"
        case .mosaic:
            // JSON strings are YAML strings. A stream in an object store is remote; StreamingDataset then keeps its own
            // local copy.
            let key = path.contains("://") ? "remote" : "local"
            return "streams:\n"
                + kept.map { index in
                    let name = chosen.sources[index].source.name
                    return "  \(Self.quoted(name)):\n    \(key): \(Self.quoted(place(name)))\n"
                        + "    proportion: \(shares.text(index))\n"
                }.joined()
        case .csv:
            let heads = ["source", "weight", "tokens", "epochs"] + (rawWeights == nil ? [] : ["passes_over_files"])
            let rows = chosen.sources.enumerated().map { index, item in
                [
                    DelimitedText.cell(item.source.name), shares.text(index),
                    Quantity.fixed(weights[index] * chosen.tokens, decimals: 0), "\(item.epochs)",
                ] + (rawWeights.map { ["\($0.passes[index])"] } ?? [])
            }
            return DelimitedText.lines([heads] + rows)
        }
    }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).compactText }
}

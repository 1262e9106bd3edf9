import ArgumentParser
import DataWallKit
import TokenCounting

/// The values that shells complete for options and arguments: shells ask the command for them, so they cost nothing
/// until then.
enum Completions {
    static let laws = CompletionKind.custom { _, _, _ in ModelCatalog.standard.laws.models.map(\.card.identifier) }

    static let curves = CompletionKind.custom { _, _, _ in ModelCatalog.standard.curves.models.map(\.card.identifier) }

    static let objectives = CompletionKind.custom { _, _, _ in ModelCatalog.standard.objectives.models.map(\.identifier)
    }

    static let methods = CompletionKind.custom { _, _, _ in ModelCatalog.standard.mixtures.models.map(\.identifier) }

    static let supplies = CompletionKind.custom { _, _, _ in PublishedSupply.all.map(\.name) }

    static let mixtures = CompletionKind.custom { _, _, _ in PublishedMixture.all.map(\.name) }

    static let released = CompletionKind.custom { _, _, _ in NamedRun.released.map(\.name) }

    static let accelerators = CompletionKind.custom { _, _, _ in
        ((try? AcceleratorTable.standard(extendedBy: nil))?.accelerators ?? []).map(\.name)
    }

    /// The vocabularies on this machine.
    static let tokenizers = CompletionKind.custom { _, _, _ in
        Array(Set(TokenizerLibrary.standard().files().map(\.name))).sorted()
    }
}

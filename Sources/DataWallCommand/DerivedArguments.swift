import ArgumentParser
import DataWallKit

/// Rewritten or synthetic tokens that a plan may add.
struct DerivedArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Rewritten or synthetic tokens that the plan may add, as 'rephrased: source=web, worth=0.6, multiple=4, "
                + "share=0.5, price=2e-7'. worth: fresh tokens that one is worth (0 to 10); multiple: how many can be "
                + "made for each token of the source; share: the largest share of the training tokens; use: the share, "
                + "instead of letting the plan choose; price: dollars for one token; repeats: R* of their own decay "
                + "(default: the law's curve).", valueName: "tokens"))
    var derived: [DerivedSupply] = []

    func validate() throws {
        guard derived.count < 2 else {
            throw ValidationError("--derived is given twice: a plan adds one kind of derived tokens.")
        }
    }
}

extension DerivedSupply: ReadableArgument {}

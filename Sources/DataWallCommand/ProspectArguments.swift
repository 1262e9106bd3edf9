import ArgumentParser
import DataWallKit

/// What a plan is asked beside its recommendation.
struct ProspectArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Say from how many epochs on another saves less than this, in the objective's unit.", valueName: "loss"))
    var epochGain: Double?

    @Option(
        help: ArgumentHelp(
            "The tokens per parameter at which the largest model is counted that the data support.", valueName: "r"))
    var tokensPerParameter = DataWall.usualTokensPerParameter

    @Option(
        help: ArgumentHelp(
            "Plan over a range instead, as flops=1e20:1e25:log or unique-tokens=1e9:1e12:log:31; may be repeated. Writes "
                + "CSV, or JSON with --json.", valueName: "range"), transform: SweepArgument.init(parsing:))
    var sweep: [SweepArgument] = []
}

import ArgumentParser
import DataWallKit

/// What may be spent on training.
struct BudgetArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The training compute that may be spent, in FLOPs, such as 1e22.", valueName: "c"))
    var flops: ReadableQuantity?

    func budget() throws -> ComputeBudget? {
        try flops.map { quantity in try .flops(quantity.value) }
    }
}

import ArgumentParser
import Testing

@testable import DataWallCommand

@Suite struct ReadableQuantityTests {
    @Test(
        "quantities read as people write them",
        arguments: [
            ("70B", 70e9), ("1.4T", 1.4e12), ("1e22", 1e22), ("25_000", 25_000), ("1,000", 1_000),
            ("2GiB", 2_147_483_648),
            ("64MiB", 67_108_864), ("500MB", 5e8), ("0.5", 0.5), ("3k", 3_000), ("-1", -1),
        ])
    func reads(text: String, value: Double) {
        #expect(ReadableQuantity(argument: text)?.value == value)
    }

    @Test(
        "help shows a default as one would write it, and reads back as the same",
        arguments: [(2_147_483_648, "2GiB"), (536_870_912, "512MiB"), (1, "1"), (0, "0"), (1.5, "1.5")])
    func shows(value: Double, text: String) {
        #expect(ReadableQuantity(value: value).defaultValueDescription == text)
        #expect(ReadableQuantity(argument: text)?.value == value)
    }

    @Test("what is no quantity is refused", arguments: ["", "B", "abc", "1x", "1e999", "nan", "inf", "12 parsecs"])
    func refuses(text: String) {
        #expect(ReadableQuantity(argument: text)?.value == nil)
    }

    @Test(
        "an option that cannot be read names the reason and the right spelling",
        arguments: [
            (["--unique-tokens", "2,5e9"], "--unique-tokens <u>", "write 2.5e9"),
            (["--flops", "1,5e22"], "--flops <c>", "write 1.5e22"),
            (["--max-parameters", "4,5B"], "--max-parameters <n>", "write 4.5B"),
            (["--max-epochs", "2,5"], "--max-epochs <e>", "write 2.5"),
            (["--size", "7,0B"], "--size <n>", "write 7.0B"),
            (["--sizes", "1,000,000"], "--sizes <list>", "write 1000000 for one number"),
            (["--feature", "depth=2,5"], "--feature <name=value>", "write 2.5"),
            (["--unique-tokens", "12 parsecs"], "--unique-tokens <u>", "'parsecs' is not a known suffix"),
        ])
    func namesTheReason(arguments: [String], option: String, hint: String) {
        do {
            _ = try PlanCommand.parse(arguments)
            Issue.record("\(arguments) was read")
        } catch {
            let message = PlanCommand.message(for: error)
            #expect(message.contains("for '\(option)': "), "\(message)")
            #expect(message.contains(hint), "\(message)")
        }
    }

    @Test("options read what people write", arguments: ["25,000,000,000", "25e9", "25B", "25_000_000_000"])
    func readsOptions(text: String) throws {
        let command = try PlanCommand.parse(["--unique-tokens", text, "--flops", "1e22"])
        #expect(command.data.uniqueTokens?.value == 25e9)
    }

    @Test("a negative number is read as one, and the request refuses it")
    func readsNegativeNumbers() throws {
        #expect(try FitCommand.parse(["runs.csv", "--bootstrap", "-3"]).bootstrap == -3)
        #expect(try PlanCommand.parse(["--flops", "-1e22", "--days", "-2"]).budget.days == -2)
        #expect(try PlanCommand.parse(["--size", "-7B"]).limits.size.map(\.value) == [-7e9])
        #expect(throws: (any Error).self) { try FitCommand.parse(["runs.csv", "--seed", "-3"]) }
    }

    @Test("shares are read as fractions, ratios and percentages", arguments: ["0.4", "2/5", "40%"])
    func readsShares(text: String) throws {
        let command = try PlanCommand.parse(["--mfu", text, "--serving-mfu", text, "--weights-share", text])
        #expect(command.budget.mfu?.value == 0.4 && command.serving.servingMfu?.value == 0.4)
        #expect(command.serving.weightsShare?.value == 0.4)
        #expect(try FitCommand.parse(["runs.csv", "--level", text]).level.value == 0.4)
    }

    @Test("help shows the default of an option once, as one would write it")
    func showsDefaultsInHelp() {
        let help = ScanCommand.helpMessage(columns: 200)
        #expect(help.ranges(of: "(default: 512MiB)").count == 1, "\(help)")
    }
}

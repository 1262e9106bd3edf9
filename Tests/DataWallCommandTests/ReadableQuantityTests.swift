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
}

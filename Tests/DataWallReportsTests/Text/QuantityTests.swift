import DataWallReports
import Testing

@Suite struct QuantityTests {
    @Test(
        "counts have four digits and the suffix the command line reads",
        arguments: [
            (0, "0"), (7, "7"), (950, "950"), (0.5, "0.5000"), (1e3, "1.000k"), (999.99, "1.000k"),
            (7.02616e9, "7.026B"),
            (2.37209e11, "237.2B"), (1e12, "1.000T"), (9.9999e11, "1.000T"), (1e22, "1.000e22"), (-2.5e6, "-2.500M"),
        ] as [(Double, String)])
    func short(value: Double, text: String) {
        #expect(Quantity.short(value) == text)
    }

    @Test(
        "exact counts are grouped by three",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"),
            (Int.max, "9,223,372,036,854,775,807"),
        ])
    func grouped(count: Int, text: String) {
        #expect(Quantity.grouped(count) == text)
    }

    @Test(
        "shares keep two digits below ten percent",
        arguments: [(0.0934, "9.3 %"), (0.5, "50.0 %"), (0.000123, "0.012 %"), (0, "0 %"), (1.0, "100.0 %")])
    func percent(share: Double, text: String) {
        #expect(Quantity.percent(share) == text)
    }

    @Test(
        "sizes are decimal",
        arguments: [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.000 kB"), (183_000_000, "183.0 MB")])
    func bytes(count: Int, text: String) {
        #expect(Quantity.bytes(count) == text)
    }

    @Test(
        "operations have an exponent from a million on",
        arguments: [(0, "0"), (12, "12.0"), (999_000, "999000"), (1e6, "1.00e6"), (13_681_007_638_640, "1.37e13")])
    func flops(value: Double, text: String) {
        #expect(Quantity.flops(value) == text)
    }

    @Test("what is not finite is a dash, never a word", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        #expect(Quantity.short(value) == "–")
        #expect(Quantity.percent(value) == "–")
        #expect(Quantity.fixed(value, decimals: 2) == "–")
        #expect(Quantity.significant(value, digits: 3) == "–")
    }
}

import Quantities
import ScalingLaws
import Testing

@Suite struct QuantityTests {
    @Test(
        "counts have at most four digits and the suffix that options read",
        arguments: [
            (0, "0"), (7, "7"), (950, "950"), (0.5, "0.5"), (1e3, "1k"), (999.99, "1k"), (7.02616e9, "7.026B"),
            (2.37209e11, "237.2B"), (1e12, "1T"), (9.9999e11, "1T"), (1e22, "1e22"), (-2.5e6, "-2.5M"),
            (3.3514e15, "3.351e15"), (9.9999e14, "1e15"), (342_912, "342.9k"), (5e-7, "5e-7"), (25e9, "25B"),
        ] as [(Double, String)])
    func short(value: Double, text: String) {
        #expect(Quantity.short(value) == text)
    }

    @Test(
        "exact counts are grouped by three",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"),
            (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func grouped(count: Int, text: String) {
        #expect(Quantity.grouped(count) == text)
    }

    @Test(
        "a noun is in the singular for one and in the plural for any other number",
        arguments: [(0, "0 layers"), (1, "1 layer"), (2, "2 layers"), (1_024, "1,024 layers")])
    func counted(count: Int, text: String) {
        #expect(Quantity.count(count, "layer") == text)
    }

    @Test("a measured count takes its noun too, and a plural of its own")
    func countedMeasurements() {
        #expect(Quantity.count(1.0, "epoch") == "1 epoch")
        #expect(Quantity.count(2.5, "epoch") == "2.5 epochs")
        #expect(Quantity.count(0.99999, "epoch") == "1 epoch")
        #expect(Quantity.count(3.0, "pass", plural: "passes") == "3 passes")
    }

    @Test(
        "shares keep two digits below ten percent",
        arguments: [(0.0934, "9.3 %"), (0.5, "50.0 %"), (0.000123, "0.012 %"), (0, "0 %"), (1.0, "100.0 %")])
    func percent(share: Double, text: String) {
        #expect(Quantity.percent(share) == text)
    }

    @Test(
        "sizes are decimal, with the unit behind the number",
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 kB"), (183_000_000, "183 MB"),
            (1_536_000_000, "1.536 GB"),
        ])
    func bytes(count: Int, text: String) {
        #expect(Quantity.bytes(count) == text)
    }

    @Test(
        "operations have an exponent from a million",
        arguments: [
            (0, "0"), (12, "12"), (999_000, "999000"), (1e6, "1e6"), (13_681_007_638_640, "1.368e13"),
            (229_406_029_666_412, "2.294e14"), (1.5e22, "1.5e22"), (9.99999e21, "1e22"),
        ] as [(Double, String)])
    func flops(value: Double, text: String) {
        #expect(Quantity.flops(value) == text)
    }

    @Test(
        "dollars precede their number",
        arguments: [
            (117, "$117"), (117.4, "$117.40"), (2.5e6, "$2.5M"), (0.0125, "$0.0125"), (0, "$0"), (-3, "-$3"),
            (12_345.67, "$12.35k"),
        ] as [(Double, String)])
    func dollars(value: Double, text: String) {
        #expect(Quantity.dollars(value) == text)
    }

    @Test(
        "amounts carry the unit of the objective",
        arguments: [
            (117, "$", "$117"), (2.294e14, "FLOP", "2.294e14 FLOPs"), (0.01234, "nats/token", "0.0123 nats/token"),
        ]
            as [(Double, String, String)])
    func amount(value: Double, unit: String, text: String) {
        #expect(Quantity.amount(value, in: unit) == text)
    }

    @Test(
        "times are written in their two largest units",
        arguments: [
            (0, "0 ms"), (0.03, "30 ms"), (25e-6, "25 µs"), (12.5, "12.5 s"), (59.96, "1 min"), (200, "3 min 20 s"),
            (3_599.7, "1 h"), (7_500, "2 h 5 min"), (273_600, "3 d 4 h"), (86_399_999, "1,000 d"), (-90, "-1 min 30 s"),
        ] as [(Double, String)])
    func duration(seconds: Double, text: String) {
        #expect(Quantity.duration(seconds) == text)
    }

    @Test("a range names the ends that it has")
    func ranges() {
        #expect(Quantity.range(2...7, Quantity.short) == "2 to 7")
        #expect(Quantity.range(from: 2, to: .infinity, Quantity.short) == "2 and up")
        #expect(Quantity.range(from: -.infinity, to: 7, Quantity.short) == "up to 7")
        #expect(Quantity.range(from: -.infinity, to: .infinity, Quantity.short) == "any")
    }

    @Test("what is not finite is a dash, never a word", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        for text in [
            Quantity.short(value), Quantity.percent(value), Quantity.fixed(value, decimals: 2),
            Quantity.significant(value, digits: 3), Quantity.flops(value), Quantity.dollars(value),
            Quantity.duration(value),
        ] { #expect(text == "–") }
    }

    @Test("significant digits agree with the shortest decimal of the rounded number, from the smallest to the largest")
    func significantDigits() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let value = Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &random))
            let text = Quantity.rounded(value, digits: 6)
            let read = try #require(Double(text), "\(value)")
            #expect(abs(read - value) <= abs(value) * 5.1e-6 || value < .leastNormalMagnitude, "seed \(seed): \(value)")
        }
    }
}

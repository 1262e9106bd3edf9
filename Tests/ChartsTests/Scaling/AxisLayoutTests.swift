import Testing

@testable import Charts

@Suite struct AxisLayoutTests {
    private func ticks(_ axis: Axis, _ values: [Double], _ wanted: Int = 6, rounds: Bool = true) -> [String] {
        AxisLayout(axis, values: values, ticks: wanted, rounds: rounds).ticks.map(\.text).filter { !$0.isEmpty }
    }

    @Test(
        "linear ticks are 1, 2, 2.5 or 5 times a power of ten, with no more decimals than they need",
        arguments: [
            ([0, 10], ["0", "2", "4", "6", "8", "10"]), ([2.2247, 2.9032], ["2.2", "2.4", "2.6", "2.8", "3.0"]),
            ([0, 1], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            ([-0.011, 0.013], ["−0.015", "−0.010", "−0.005", "0.000", "0.005", "0.010", "0.015"]),
            ([3.5, 3.5], ["1", "2", "3", "4", "5", "6"]),
            ([0, 0], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ] as [([Double], [String])])
    func linear(values: [Double], expected: [String]) {
        #expect(ticks(Axis("x"), values) == expected)
    }

    @Test(
        "logarithmic ticks are decades where there are many, and fill in where there are few",
        arguments: [
            ([1e6, 1e12], ["1M", "10M", "100M", "1B", "10B", "100B", "1T"]),
            ([1e8, 1e10], ["100M", "200M", "500M", "1B", "2B", "5B", "10B"]),
            ([2e9, 9e9], ["2B", "4B", "6B", "8B"]),
            ([7e9, 7e9], ["4B", "6B", "8B", "10B", "12B", "14B"]),
        ] as [([Double], [String])])
    func logarithmic(values: [Double], expected: [String]) {
        #expect(ticks(Axis("N", scale: .logarithmic, format: .counts), values) == expected)
    }

    @Test("powers of ten carry their exponent raised")
    func powers() {
        #expect(
            ticks(Axis("C", scale: .logarithmic, format: .powers), [1e20, 1e24]) == [
                "10²⁰", "10²¹", "10²²", "10²³", "10²⁴",
            ])
        #expect(ticks(Axis("C", scale: .logarithmic, format: .powers), [1e21, 1e22]).first == "10²¹")
    }

    @Test("doublings are powers of two")
    func doublings() {
        #expect(ticks(Axis("epochs", scale: .doublings), [1, 64], 8) == ["1", "2", "4", "8", "16", "32", "64"])
        #expect(ticks(Axis("epochs", scale: .doublings), [0.25, 2], 8) == ["0.25", "0.5", "1", "2"])
    }

    @Test("values without a place have none, and the rest lie between the ends")
    func shares() throws {
        let layout = AxisLayout(
            Axis("N", scale: .logarithmic), values: [1, 100, 0, -3, .infinity, .nan], ticks: 5, rounds: false)
        #expect(layout.share(0) == nil)
        #expect(layout.share(-1) == nil)
        #expect(layout.share(.nan) == nil)
        #expect(abs(try #require(layout.share(10)) - 0.5) < 1e-12)
    }

    @Test("logarithms are those of the C library to the last digits")
    func logarithms() {
        #expect(abs(Logarithm.natural(10) - 2.302585092994046) < 1e-15)
        #expect(abs(Logarithm.natural(1e22) - 50.65687204586901) < 1e-13)
        #expect(abs(Logarithm.natural(3e-7) + 15.01948336229021) < 1e-13)
        for exponent in -300...300 { #expect(Logarithm.decade(Logarithm.power10(exponent)) == exponent) }
    }

    @Test("any values give a few ticks, in order, and never a crash (seed 7)")
    func anyValues() {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(bitPattern: state)
        }
        for _ in 0..<400 {
            let values = [next(), next(), next()].map { $0.magnitude < 1e300 && $0.magnitude > 1e-300 ? $0 : 1 }
            for scale in [AxisScale.linear, .logarithmic, .doublings] {
                let layout = AxisLayout(Axis("x", scale: scale), values: values, ticks: 6, rounds: true)
                #expect(layout.ticks.count < 400)
                #expect(zip(layout.ticks, layout.ticks.dropFirst()).allSatisfy { $0.value < $1.value })
            }
        }
    }
}

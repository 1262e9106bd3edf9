import Glibc
import ScalingLaws
import Testing

@Suite struct RealFunctionsTests {
    /// The distance of two doubles in units in the last place of the second.
    static func units(_ value: Double, _ reference: Double) -> Double {
        abs(value - reference) / reference.ulp
    }

    @Test("the exponential stays within an ulp of the C library's over its whole range")
    func exponential() {
        var generator = SeededGenerator(seed: 1)
        var worst = 0.0
        for index in 0..<200_000 {
            let wide = index.isMultiple(of: 2)
            let x = wide ? generator.uniform(-707.9, 709.7) : generator.uniform(-30, 30)
            worst = Swift.max(worst, Self.units(Elementary.exp(x), Glibc.exp(x)))
        }
        #expect(worst <= 1)
    }

    @Test("the logarithm stays within an ulp of the C library's over its whole range, also near 1")
    func logarithm() {
        var generator = SeededGenerator(seed: 2)
        var worst = 0.0
        for index in 0..<200_000 {
            let x: Double =
                switch index % 4 {
                case 0: Double(bitPattern: generator.next() % 0x7FEF_FFFF_FFFF_FFFF)
                case 1: 1 + generator.uniform(-1e-3, 1e-3)
                case 2: generator.uniform(0.5, 2)
                default: generator.uniform(1e6, 1e13)
                }
            worst = Swift.max(worst, Self.units(Elementary.log(x), Glibc.log(x)))
        }
        #expect(worst <= 1)
    }

    @Test("values at the edges")
    func edges() {
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.exp(710) == .infinity)
        #expect(Elementary.exp(.infinity) == .infinity)
        #expect(Elementary.exp(-709) == 0)
        #expect(Elementary.exp(-.infinity) == 0)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.log(0) == -.infinity)
        #expect(Elementary.log(.infinity) == .infinity)
        #expect(Elementary.log(-1).isNaN)
        #expect(Elementary.log(.nan).isNaN)
        #expect(Elementary.log(0x1p-1074) == Glibc.log(0x1p-1074))
        #expect(Elementary.pow(0, 0.5) == 0)
        #expect(Elementary.pow(0, 0) == 1)
        #expect(abs(Elementary.pow(2, 10) - 1024) < 1e-12)
    }

    @Test("the exponential minus 1 keeps the digits of small numbers, to three ulps of the C library")
    func exponentialMinusOne() {
        var generator = SeededGenerator(seed: 3)
        var worst = 0.0
        for index in 0..<200_000 {
            let x: Double =
                switch index % 3 {
                case 0: generator.uniform(-40, 40)
                case 1: generator.uniform(-1, 1)
                default: Elementary.exp(generator.uniform(-600, 0)) * (index.isMultiple(of: 2) ? 1 : -1)
                }
            let reference = Glibc.expm1(x)
            worst = Swift.max(worst, abs(Elementary.expMinusOne(x) - reference) / reference.ulp)
        }
        #expect(worst <= 3)
        #expect(Elementary.expMinusOne(0) == 0 && Elementary.expMinusOne(-800) == -1)
        #expect(Elementary.expMinusOne(710) == .infinity && Elementary.expMinusOne(.nan).isNaN)
    }
}

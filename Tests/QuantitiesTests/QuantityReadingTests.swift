import Quantities
import ScalingLaws
import Testing

@Suite struct QuantityReadingTests {
    private func number(_ text: String, _ grouping: Quantity.Grouping = .allowed) throws -> Double {
        try Quantity.number(text, grouping: grouping)
    }

    /// The reason for which a text is refused, or `nil` where it is read.
    private func refusal(_ text: String, _ grouping: Quantity.Grouping = .allowed) -> String? {
        do {
            _ = try Quantity.number(text, grouping: grouping)
            return nil
        } catch { return error.reason }
    }

    @Test(
        "quantities read as people write them",
        arguments: [
            ("70B", 70e9), ("1.4T", 1.4e12), ("1e22", 1e22), ("1E+22", 1e22), ("25_000", 25_000), ("1,000", 1_000),
            ("25,000,000,000", 25e9), ("1,234.5", 1_234.5), ("25 000 000", 25e6), ("25\u{202F}000", 25_000),
            ("2GiB", 2_147_483_648), ("64MiB", 67_108_864), ("500MB", 5e8), ("3.35TB", 3.35e12), ("0.5", 0.5),
            (".5", 0.5), ("5.", 5), ("3k", 3_000), ("3K", 3_000), ("-1", -1), ("−1.5", -1.5), ("+100e9", 100e9),
            ("70 B", 70e9), (" 12 ", 12), ("1e-3", 1e-3), ("0", 0), ("007", 7), ("2P", 2e15), ("5g", 5e9),
        ] as [(String, Double)])
    func reads(text: String, value: Double) throws {
        #expect(try number(text) == value)
    }

    @Test(
        "a comma that does not separate groups of three digits is refused with the number that may be meant",
        arguments: [
            ("2,5e9", "2.5e9"), ("4,5B", "4.5B"), ("1,5", "1.5"), ("0,125", "0.125"), ("2,500B", "2.500B or 2500B"),
            ("2,500e9", "2.500e9 or 2500e9"), ("1,00,000", "100000"), ("12,34,567", "1234567"),
            ("1.234,5", "1234.5"), ("25.000.000", "25000000"), ("1,000,000k", "1000000k"), ("-2,5", "-2.5"),
        ])
    func refusesCommas(text: String, hint: String) throws {
        let reason = try #require(refusal(text))
        #expect(reason.hasSuffix("write \(hint)"), "\(reason)")
    }

    @Test(
        "where digits are not grouped every comma is refused",
        arguments: [("2,981", "2.981 or 2981"), ("2,5", "2.5"), ("1,000,000", "1000000")])
    func refusesGroups(text: String, hint: String) throws {
        let reason = try #require(refusal(text, .refused))
        #expect(reason.hasSuffix("write \(hint)"), "\(reason)")
    }

    @Test(
        "what is no quantity is refused",
        arguments: [
            "", " ", "B", "abc", "1x", "12 parsecs", "1e999", "1e-400", "nan", "inf", "-Infinity", "0x10", "1e",
            "1e5e5",
            "--5", "1_", "_1", "1__0", "2 5", "1 0000", "7e9B", "1.2.3", "1.5,", ",5", "½", "٣", "1B1",
        ])
    func refuses(text: String) {
        #expect(refusal(text) != nil)
    }

    @Test("numbers without a finite value are told apart from words")
    func notFinite() {
        for text in ["NaN", "inf", "-Infinity", "1e400"] {
            #expect(throws: UnreadableQuantity.self) { try number(text) }
            do throws(UnreadableQuantity) { _ = try Quantity.number(text) } catch { #expect(error.kind == .notFinite) }
        }
        do throws(UnreadableQuantity) { _ = try Quantity.number("many") } catch { #expect(error.kind == .noNumber) }
    }

    @Test("a number with suffix is rounded once: 0.3B is the nearest number to 300,000,000")
    func roundsOnce() throws {
        for digits in stride(from: 1, to: 10_000, by: 17) {
            let text = "\(digits / 1_000).\(String("\(1_000 + digits % 1_000)".dropFirst()))"
            for (suffix, power) in [("k", 3), ("M", 6), ("B", 9), ("T", 12)] {
                #expect(try number(text + suffix) == Double("\(text)e\(power)"))
            }
        }
    }

    // MARK: What is written reads back

    @Test("what short, flops, grouped and exact write reads back, to the digits shown")
    func roundTrips() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<600 {
            let exponent = Double.random(in: -3...25, using: &random)
            let value = (Double("1e\(Int(exponent))") ?? 1) * Double.random(in: 1...10, using: &random)
            let near = { (read: Double) in abs(read - value) <= value * 5.01e-4 }
            #expect(near(try number(Quantity.short(value))), "seed \(seed): \(value) as \(Quantity.short(value))")
            #expect(near(try number(Quantity.flops(value))), "seed \(seed): \(value) as \(Quantity.flops(value))")
            #expect(try number(Quantity.exact(value)) == value, "seed \(seed): \(value)")
            // Once written, a number is spelled the same for ever.
            let again = Quantity.short(try number(Quantity.short(value)))
            #expect(again == Quantity.short(value), "seed \(seed): \(value)")
            let count = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
            #expect(try number(Quantity.grouped(count)) == Double(count), "seed \(seed): \(count)")
        }
    }

    @Test("a text of digits, separators and suffixes is never read as another number than without its separators")
    func neverChangesMagnitude() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let letters = Array("0123456789,,..__ eB")
        for _ in 0..<4_000 {
            let length = Int.random(in: 1...9, using: &random)
            let text = String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
            guard let read = try? Quantity.number(text) else { continue }
            let plain = text.filter { $0 != "," && $0 != "_" && $0 != " " }
            let digits = plain.hasSuffix("B") ? plain.dropLast() + "e9" : plain[...]
            #expect(Double(digits) == read, "seed \(seed): '\(text)'")
        }
    }

    // MARK: Shares, times, money, lists, ranges

    @Test(
        "shares are decimals, fractions or percentages",
        arguments: [("0.0625", 0.0625), ("1/16", 0.0625), ("6.25%", 0.0625), ("100 %", 1), ("0", 0)]
            as [(String, Double)])
    func shares(text: String, share: Double) throws {
        #expect(try Quantity.share(text) == share)
    }

    @Test("shares outside 0 to 1 are refused", arguments: ["1.5", "-0.1", "150%", "3/2", "1/0", "0,5", "25"])
    func refusesShares(text: String) {
        #expect(throws: UnreadableQuantity.self) { try Quantity.share(text) }
    }

    @Test(
        "times have a unit, seconds where none is given",
        arguments: [
            ("30ms", 0.03), ("0.03", 0.03), ("0.03s", 0.03), ("20 min", 1_200), ("2h", 7_200), ("14d", 1_209_600),
            ("25µs", 25e-6), ("25us", 25e-6),
        ] as [(String, Double)])
    func times(text: String, seconds: Double) throws {
        #expect(abs(try Quantity.seconds(text) - seconds) <= seconds * 1e-15)
    }

    @Test("what is no time is refused", arguments: ["-1s", "3 weeks", "", "s", "5B", "1,5s"])
    func refusesTimes(text: String) {
        #expect(throws: UnreadableQuantity.self) { try Quantity.seconds(text) }
    }

    @Test(
        "money takes a dollar sign",
        arguments: [("$5,000", 5_000), ("5000", 5_000), ("$2.5M", 2.5e6)] as [(String, Double)])
    func money(text: String, dollars: Double) throws {
        #expect(try Quantity.dollars(reading: text) == dollars)
    }

    @Test("lists are separated by commas, and commas that may group digits are refused")
    func lists() throws {
        #expect(try Quantity.list("1B,3B, 7B") == [1e9, 3e9, 7e9])
        #expect(try Quantity.list("125,3B") == [125, 3e9])
        for text in ["1,000,000", "1B,,3B", "", "1B,x", "2,500"] {
            #expect(throws: UnreadableQuantity.self) { try Quantity.list(text) }
        }
    }

    @Test("ranges have two ends in order")
    func ranges() throws {
        #expect(try Quantity.range("0.5..0.9") == 0.5...0.9)
        #expect(try Quantity.range("0.5...0.9") == 0.5...0.9)
        #expect(try Quantity.range("7") == 7...7)
        for text in ["0.9..0.5", "..1", "1..", "a..b"] {
            #expect(throws: UnreadableQuantity.self) { try Quantity.range(text) }
        }
    }

    @Test("whole numbers are whole")
    func wholes() throws {
        #expect(try Quantity.whole("10k") == 10_000)
        #expect(try Quantity.whole("9223372036854775807") == Int.max)
        for text in ["1.5", "1e19", "many"] { #expect(throws: UnreadableQuantity.self) { try Quantity.whole(text) } }
    }

    @Test("cells without a value are empty or say so", arguments: ["", "NaN", "nan", "NA", "n/a", "null", "None"])
    func missing(text: String) {
        #expect(Quantity.isMissing(text))
        #expect(!Quantity.isMissing(text + "0"))
    }
}

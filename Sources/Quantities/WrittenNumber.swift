/// The parts of a number as written: sign, digits with their separators, exponent and suffix.
struct WrittenNumber {
    /// The text after the digits, without blanks around it.
    let suffix: String

    private let text: String
    private var sign = ""
    /// The integer digits with their separators.
    private var whole: Substring
    /// The decimals, with the points and commas among them.
    private var fraction: Substring = ""
    private var exponent: Substring = ""

    init(_ written: some StringProtocol) {
        // Typographic signs and blanks become those of a keyboard.
        let plain = written.map { character -> Character in
            switch character {
            case "−": "-"
            case "\u{A0}", "\u{202F}", "\u{2009}": " "
            default: character
            }
        }
        var rest = plain[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        text = String(rest)
        var digits = text[...]
        if let first = digits.first, first == "-" || first == "+" {
            sign = first == "-" ? "-" : ""
            digits.removeFirst()
        }
        whole = digits.prefix { $0.isASCIIDigit || $0 == "," || $0 == "_" || $0 == " " }
        digits = digits[whole.endIndex...]
        if digits.first == "." {
            digits.removeFirst()
            fraction = digits.prefix { $0.isASCIIDigit || $0 == "," || $0 == "." || $0 == "_" }
            digits = digits[fraction.endIndex...]
        }
        if let first = digits.first, first == "e" || first == "E" {
            var power = digits.dropFirst()
            if let sign = power.first, sign == "-" || sign == "+" { power.removeFirst() }
            if power.first?.isASCIIDigit == true {
                power = power.drop { $0.isASCIIDigit }
                exponent = digits[..<power.startIndex]
                digits = power
            }
        }
        while whole.last == " " { whole.removeLast() }
        suffix = String(digits.drop { $0 == " " })
    }

    /// The number that is meant.
    func value(_ grouping: Quantity.Grouping) throws(UnreadableQuantity) -> Double {
        guard !text.isEmpty else { throw UnreadableQuantity("a number is missing", kind: .noNumber) }
        guard whole.contains(where: \.isASCIIDigit) || fraction.contains(where: \.isASCIIDigit) else {
            let name = text.lowercased().drop { $0 == "-" || $0 == "+" }
            if ["nan", "inf", "infinity"].contains(name) {
                throw UnreadableQuantity("'\(text)' is not a finite number", kind: .notFinite)
            }
            throw UnreadableQuantity("'\(text)' is not a number", kind: .noNumber)
        }
        try checkSeparators(grouping)
        guard let scale = Self.scales[suffix] else {
            throw UnreadableQuantity(
                "'\(suffix)' is not a known suffix: known are k, M, B, T and P, and for bytes kB, MB, GB, KiB, MiB, GiB"
            )
        }
        guard exponent.isEmpty || suffix.isEmpty else {
            throw UnreadableQuantity(
                "it has an exponent and a suffix: write \(spelled + exponent) or \(spelled)\(suffix)")
        }
        // Suffixes that are powers of ten are read with the digits, so that the result is rounded once.
        let power = exponent.isEmpty ? scale.decade.map { "e\($0)" } ?? "" : String(exponent)
        guard let digits = Double(sign + spelled + power) else {
            throw UnreadableQuantity("'\(text)' is not a number", kind: .noNumber)
        }
        let value = digits * (scale.decade == nil ? scale.factor : 1)
        guard value.isFinite else {
            throw UnreadableQuantity("'\(text)' is too large: numbers go up to 1.8e308", kind: .notFinite)
        }
        guard value != 0 || !spelled.contains(where: { $0.isASCIIDigit && $0 != "0" }) else {
            throw UnreadableQuantity("'\(text)' is too small: numbers other than 0 are 5e-324 or more")
        }
        return value
    }

    /// The digits without separators.
    private var spelled: String {
        let digits = whole.filter(\.isASCIIDigit)
        let decimals = fraction.filter(\.isASCIIDigit)
        return (digits.isEmpty ? "0" : digits) + (decimals.isEmpty ? "" : "." + decimals)
    }

    // MARK: Separators

    private func checkSeparators(_ grouping: Quantity.Grouping) throws(UnreadableQuantity) {
        guard !fraction.contains(where: { $0 == "," || $0 == "." }) else { throw Self.manySeparators(whole, fraction) }
        guard Self.joinsDigits(whole, "_"), Self.joinsDigits(fraction, "_") else {
            throw UnreadableQuantity("write an underscore between digits only")
        }
        if whole.contains(",") { try checkCommas(grouping) }
        if whole.contains(" "), grouping == .refused || !Self.isGrouped(whole, by: " ") {
            throw UnreadableQuantity("a blank separates groups of three digits only")
        }
    }

    private func checkCommas(_ grouping: Quantity.Grouping) throws(UnreadableQuantity) {
        let tail = exponent + (suffix.isEmpty ? "" : suffix)
        let isGrouped = Self.isGrouped(whole, by: ",")
        let hasOneComma = whole.count { $0 == "," } == 1 && fraction.isEmpty
        let decimal = sign + whole.map { $0 == "," ? "." : String($0) }.joined() + tail
        if isGrouped, grouping == .refused {
            throw UnreadableQuantity(
                hasOneComma
                    ? "a comma may be meant as a decimal point or between digits: write \(decimal) or \(sign)\(spelled)\(tail)"
                    : "commas are not read here: write \(sign)\(spelled)\(tail)")
        }
        if isGrouped, tail.isEmpty { return }
        let rule =
            isGrouped
            ? "a number with a comma takes no suffix or exponent" : "a comma separates groups of three digits only"
        throw UnreadableQuantity(
            hasOneComma
                ? "\(rule): write \(decimal)\(isGrouped ? " or \(sign)\(spelled)\(tail)" : "")"
                : "\(rule): write \(sign)\(spelled)\(tail)")
    }

    /// The error for separators after a point, as in `1.234,5` and `25.000.000`.
    private static func manySeparators(_ whole: Substring, _ fraction: Substring) -> UnreadableQuantity {
        let rule = "the point is the decimal point, and only commas separate groups of three digits"
        let parts = fraction.split(separator: ",", omittingEmptySubsequences: false)
        let groups = (String(whole) + "." + parts[0])[...]
        guard parts.count <= 2, isGrouped(groups, by: ".") else { return UnreadableQuantity(rule) }
        let digits = groups.filter(\.isASCIIDigit)
        return UnreadableQuantity("\(rule): write \(digits)\(parts.count == 2 ? "." + parts[1] : "")")
    }

    /// Whether each separator is between two digits.
    private static func joinsDigits(_ text: Substring, _ separator: Character) -> Bool {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        return parts.count == 1 || parts.allSatisfy { $0.first?.isASCIIDigit == true && $0.last?.isASCIIDigit == true }
    }

    /// Whether one kind of separator divides the digits into groups of three, the first of one to three without a zero
    /// at its start.
    private static func isGrouped(_ text: Substring, by separator: Character) -> Bool {
        let groups = text.split(separator: separator, omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.count), first.first != "0" else { return false }
        return groups.allSatisfy { $0.allSatisfy(\.isASCIIDigit) } && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    // MARK: Suffixes

    private struct Scale {
        var decade: Int?
        var factor = 1.0
    }

    private static let scales: [String: Scale] = {
        var scales = ["": Scale(decade: 0)]
        let decimals: [(String, Int)] = [("k", 3), ("m", 6), ("b", 9), ("g", 9), ("t", 12), ("p", 15)]
        for (letter, decade) in decimals {
            scales[letter] = Scale(decade: decade)
            scales[letter.uppercased()] = Scale(decade: decade)
        }
        for (place, letter) in ["K", "M", "G", "T", "P"].enumerated() {
            scales[letter + "B"] = Scale(decade: 3 * place + 3)
            scales[letter + "iB"] = Scale(factor: Double(1 << (10 * (place + 1))))
        }
        scales["kB"] = Scale(decade: 3)
        return scales
    }()
}

extension Character {
    fileprivate var isASCIIDigit: Bool { self >= "0" && self <= "9" && isASCII }
}

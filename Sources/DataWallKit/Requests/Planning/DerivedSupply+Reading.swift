public import DataMixing
public import Quantities

extension DerivedSupply {
    /// Reads derived tokens as they are written on a command line.
    ///
    /// `rephrased: source=web, worth=0.6, multiple=4, share=0.5, price=2e-7, repeats=8`. The worth and the multiple are
    /// needed; `use=0.3` sets the share instead of letting the planner choose it.
    ///
    /// - Parameter text: The text.
    /// - Throws: `UnreadableQuantity` with the reason.
    public init(reading text: String) throws(UnreadableQuantity) {
        guard let colon = text.firstIndex(of: ":") else {
            throw UnreadableQuantity(
                "write a name, a colon and what is known, such as 'rephrased: worth=0.6, multiple=4'")
        }
        let name = text[..<colon].trimmed
        guard !name.isEmpty else { throw UnreadableQuantity("the name before the colon is missing") }
        var source: String?
        var numbers: [String: Double] = [:]
        for part in text[text.index(after: colon)...].split(separator: ",") {
            guard let equals = part.firstIndex(of: "=") else {
                throw UnreadableQuantity("'\(part.trimmed)' is no pair such as worth=0.6")
            }
            let key = part[..<equals].trimmed
            let value = part[part.index(after: equals)...].trimmed
            guard key != "source" ? numbers[key] == nil : source == nil else {
                throw UnreadableQuantity("'\(key)' is given twice: leave one out")
            }
            switch key {
            case "source": source = value
            case "share", "use": numbers[key] = try Quantity.share(value)
            case "worth", "multiple", "price", "repeats": numbers[key] = try Quantity.number(value)
            default:
                throw UnreadableQuantity(
                    "'\(key)' is not known: there are source, worth, multiple, share, use, price and repeats")
            }
        }
        guard let worth = numbers["worth"] else {
            throw UnreadableQuantity(
                "the worth is missing (worth=0.6: the fresh tokens that one is worth). No published number could be "
                    + "checked, so there is no default")
        }
        guard let multiple = numbers["multiple"] else {
            throw UnreadableQuantity(
                "the multiple is missing (multiple=4: how many can be made for each token of the source)")
        }
        self.init(
            name: name, source: source, worth: worth, multiple: multiple, mostShare: numbers["share"],
            fixedShare: numbers["use"], price: numbers["price"], decay: numbers["repeats"])
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var part = self
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}

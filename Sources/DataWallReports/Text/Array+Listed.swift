import Quantities

extension [String] {
    /// The first few as a list, and how many more there are: `web, code and 7 more`.
    func listed(atMost count: Int) -> String {
        prefix(count).joined(separator: ", ")
            + (self.count > count ? " and \(Quantity.grouped(self.count - count)) more" : "")
    }
}

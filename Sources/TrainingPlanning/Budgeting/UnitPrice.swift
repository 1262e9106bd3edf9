import Quantities

/// The valid ranges of prices and utilisations.
enum UnitPrice {
    /// Refuses a utilisation outside (0, 1].
    static func checkUtilization(_ value: Double, _ name: String) throws(PlanningError) {
        guard value > 0, value <= 1 else {
            throw .unusableQuantity(
                name, value: value,
                expected: "a share of the peak, above 0 and at most 1"
                    + (value > 1 && value <= 100 ? " (\(Quantity.rounded(value)) % is \(value / 100))" : ""))
        }
    }

    /// Refuses an hourly price that is not positive, or that no accelerator costs.
    static func checkHourly(_ value: Double, _ name: String) throws(PlanningError) {
        guard value > 0, value <= 100_000 else {
            throw .unusableQuantity(
                name, value: value, expected: "in dollars for one accelerator for an hour, above 0 and at most 100,000")
        }
    }
}

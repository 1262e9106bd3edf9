import Quantities
import TrainingPlanning

// The source of intervals in words: the same in a plan's text and on its page.

extension IntervalSource {
    /// The source in words, for the run recommended; with the share of the unique tokens that may be truly unique, if
    /// given.
    func text(uniqueFactor: ClosedRange<Double>?) -> String {
        let factor = uniqueFactor.map { Quantity.range($0) { Quantity.significant($0, digits: 3) } + " unique" }
        let further = factor.map { ", \($0)" } ?? ""
        switch self {
        case .ensemble: return "\(Quantity.level(level)) of the law's ensemble\(further)"
        case .covariance: return "\(Quantity.level(level)) of draws from its covariance\(further)"
        case .uniqueFactor: return factor ?? ""
        case .families: return "\(Quantity.level(level)) of all draws\(further)"
        }
    }
}

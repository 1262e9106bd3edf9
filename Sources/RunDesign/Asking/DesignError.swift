public import LawFitting
import Quantities
public import ScalingLaws

/// A reason why no design can be made.
public enum DesignError: Error, Equatable, Sendable {
    /// A value is out of range, or contradicts another; the sentence says which.
    case unusable(String)

    /// The budget is less than the smallest design takes.
    case tooSmall(budget: Double, least: Double)

    /// The law cannot be fitted, or says nothing of its coefficients.
    case fitting(FittingError)

    /// The law cannot be evaluated.
    case law(LawError)
}

extension DesignError: CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .unusable(let sentence): sentence
        case .tooSmall(let budget, let least):
            "the budget of \(Quantity.flops(budget)) FLOPs is too small for a design: the smallest set of runs that "
                + "identifies the law takes about \(Quantity.significant(least, digits: 2)) FLOPs. Raise the budget, or "
                + "lower --vocabulary-size, so that smaller models can be built"
        case .fitting(let error): error.description
        case .law(let error): error.description
        }
    }
}

import ArgumentParser

/// How a command says on standard error how far it has come.
enum ProgressForm: String, ExpressibleByArgument, CaseIterable {
    /// For people: a line that renews itself on a terminal, else one now and then.
    case text
    /// For programs: one JSON object a line.
    case json
    /// Not at all.
    case none
}

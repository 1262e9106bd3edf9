/// A tokenizer as an audit uses it: it counts the tokens of a text.
///
/// A counter is an immutable value that many threads share. Work happens in a ``TokenCountingSession``; each thread
/// makes its own, so that a memo of pretokens needs no lock.
///
/// Counts depend on only the text: not on what a session counted before, not on the thread, not on the order.
public protocol TokenCounter: Sendable {
    /// The counter's entry in the audit file: its name, digest and whether its counts are estimates.
    var identity: TokenizerIdentity { get }

    /// Makes a session for the calling thread.
    func makeSession() -> any TokenCountingSession
}

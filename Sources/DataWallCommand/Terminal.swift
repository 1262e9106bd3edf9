import DataWallKit
import Foundation

/// What standard output is, and how text is set for it.
enum Terminal {
    /// The style of standard output: as wide as the terminal and coloured, unless it asks otherwise; plain where it is
    /// none.
    ///
    /// `NO_COLOR`, when it is set to anything, and `TERM=dumb` turn colour off (no-color.org); `COLUMNS` goes before what
    /// the terminal says of its width.
    static func style(environment: [String: String] = ProcessInfo.processInfo.environment) -> TerminalStyle {
        guard isatty(STDOUT_FILENO) == 1 else { return .plain }
        let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let isQuiet = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TerminalStyle(width: asked ?? columns ?? 80, isColoured: !isQuiet && environment["TERM"] != "dumb")
    }

    /// The columns that the terminal says it has.
    private static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

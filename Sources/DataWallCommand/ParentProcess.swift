import CDataWallProcess
import Foundation

/// Ends the command together with the process that started it, if that process asks for it.
///
/// An engine that kills a task kills the program that it started, but not the children of that program. So a driver
/// passes its process number in `DATAWALL_PARENT`, and a `TERM` signal ends the command when the driver ends.
enum ParentProcess {
    private static let variable = "DATAWALL_PARENT"

    /// Follows the process that the environment names, if it is the parent.
    ///
    /// Call it on the main thread: the kernel drops a thread's request when the thread ends.
    @MainActor static func follow() {
        guard let value = ProcessInfo.processInfo.environment[variable], let named = Int32(value), named > 1 else {
            return
        }
        // Children of this process have another parent.
        unsetenv(variable)
        _ = datawall_signal_at_parent_end(SIGTERM)
        // If the parent ended before this request, the kernel sends nothing. If the parent is another process while the
        // named one still runs, a script is in between, and it ends in its own way.
        if getppid() != named, hasEnded(named) { raise(SIGTERM) }
    }

    /// Whether a process has ended, even if its status was not collected yet.
    private static func hasEnded(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        // The state follows the name, which may contain anything.
        return status.split(separator: ")").last?.contains { "ZX".contains($0) } ?? true
    }
}

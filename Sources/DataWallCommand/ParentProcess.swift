import CDataWallProcess
import Foundation

/// Ends the command with the process that started it, where that asks for it.
///
/// An engine that kills a task kills the program that it started, not the children of that program. So a driver passes its
/// process number in `DATAWALL_PARENT`, and a `TERM` signal ends the command when the driver ends.
enum ParentProcess {
    private static let variable = "DATAWALL_PARENT"

    /// Follows the process that the environment names, where that is the parent.
    ///
    /// Call it on the main thread: the kernel forgets what a thread asked for when the thread ends.
    @MainActor static func follow() {
        guard let value = ProcessInfo.processInfo.environment[variable], let named = Int32(value), named > 1 else {
            return
        }
        // Children of this process have another parent.
        unsetenv(variable)
        _ = datawall_signal_at_parent_end(SIGTERM)
        // The kernel sends nothing where the parent ended before it was asked. Another parent of a process that still
        // runs is a script in between, which ends in its own way.
        if getppid() != named, hasEnded(named) { raise(SIGTERM) }
    }

    /// Whether a process has ended, even if nobody has asked for its status yet.
    private static func hasEnded(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        // The state follows the name, which may contain anything.
        return status.split(separator: ")").last?.contains { "ZX".contains($0) } ?? true
    }
}

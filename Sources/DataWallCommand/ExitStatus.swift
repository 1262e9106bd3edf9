/// How the command ends.
enum ExitStatus: Int32, Error {
    /// The work is done, but more of the input was damaged than allowed, or a check failed.
    case damaged = 1
    /// The command line makes no sense.
    case usage = 64
    /// The data cannot be used.
    case unusableData = 65
    /// An input is not there, or cannot be read.
    case noInput = 66
    /// The machine failed: no memory or no threads.
    ///
    /// Data that were being read are not committed.
    case machineFailed = 71
    /// A file cannot be written.
    case cannotWrite = 73
    /// Another process uses the state directory.
    case stateInUse = 75
    /// No plan meets the constraints.
    case infeasible = 78
}

import Foundation

/// The part of the machine that this process may use: processors and memory.
///
/// Containers and schedulers such as Slurm and Kubernetes bound a process by its processor affinity and by control
/// groups. A default that looks only at the machine would start too many threads and use too much memory.
public struct MachineShare: Sendable, Equatable {
    /// The number of processors that the process may use: those of its affinity, at most the quota of its control
    /// groups, rounded up; at least 1.
    public let processors: Int
    /// The most bytes of memory that its control groups allow, or `nil` without a limit.
    public let memoryLimit: Int?

    /// The share of this process.
    public static let current = MachineShare(
        processors: ProcessInfo.processInfo.activeProcessorCount, groups: "/proc/self/cgroup", mount: "/sys/fs/cgroup")

    /// Threads where nobody said how many: one for each processor.
    public var threads: Int { min(processors, AuditOptions.mostThreads) }

    /// The default memory for records: 2 GiB, or half of the limit if that is less, but at least 16 MiB.
    ///
    /// The other half is left to decoders, vocabularies and the system's file cache, which count towards the limit,
    /// too.
    public var memory: Int { max(min(2 << 30, (memoryLimit ?? .max) / 2), 16 << 20) }

    /// Reads the limits of a process.
    ///
    /// A limit that cannot be read counts as no limit.
    ///
    /// - Parameters:
    ///   - processors: The number of processors in the process's affinity.
    ///   - groups: The file that names the process's control groups, as `/proc/self/cgroup` does.
    ///   - mount: The folder where the control groups are mounted. Version 2 is there or in `unified`, a controller of
    ///     version 1 in the folder of its name.
    init(processors: Int, groups: String, mount: String) {
        var quota = Double(processors)
        var limit = Int.max
        for line in Self.lines(groups) {
            // hierarchy:controllers:path
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            for folder in Self.ancestors(parts[2]) {
                if parts[1].isEmpty {
                    for root in [mount, mount + "/unified"] {
                        let maximum = Self.words("\(root)\(folder)/cpu.max").compactMap(Double.init)
                        if maximum.count == 2 { quota = Self.smaller(quota, maximum[0], of: maximum[1]) }
                        if let bytes = Self.bytes("\(root)\(folder)/memory.max") { limit = min(limit, bytes) }
                    }
                }
                let controllers = parts[1].split(separator: ",")
                if controllers.contains("cpu") {
                    // A quota of -1 means no quota.
                    if let allowed = Self.words("\(mount)/\(parts[1])\(folder)/cpu.cfs_quota_us").first.flatMap(
                        Double.init),
                        let period = Self.words("\(mount)/\(parts[1])\(folder)/cpu.cfs_period_us").first
                            .flatMap(Double.init)
                    {
                        quota = Self.smaller(quota, allowed, of: period)
                    }
                }
                if controllers.contains("memory"),
                    let bytes = Self.bytes("\(mount)/\(parts[1])\(folder)/memory.limit_in_bytes")
                {
                    limit = min(limit, bytes)
                }
            }
        }
        self.processors = max(Int(quota.rounded(.up)), 1)
        // Version 1 writes a number near the largest one if there is no limit.
        memoryLimit = limit < 1 << 60 ? limit : nil
    }

    private static func smaller(_ quota: Double, _ allowed: Double, of period: Double) -> Double {
        allowed > 0 && period > 0 ? min(quota, allowed / period) : quota
    }

    /// The folder of a control group and those above it, each with a leading slash and the top one empty.
    ///
    /// In a container the path may be that of the host, while only the top is mounted; so all are tried.
    private static func ancestors(_ path: Substring) -> [String] {
        let names = path.split(separator: "/").filter { $0 != ".." }
        return (0...names.count).map { names.prefix($0).map { "/" + $0 }.joined() }
    }

    private static func bytes(_ path: String) -> Int? {
        words(path).first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    private static func words(_ path: String) -> [Substring] { lines(path).first?.split(separator: " ") ?? [] }

    private static func lines(_ path: String) -> [Substring] {
        (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
    }
}

import Testing

@testable import CorpusAudit

/// Files as the kernel writes them: `Documentation/admin-guide/cgroup-v2.rst` and `cgroup-v1` of Linux.
@Suite struct MachineShareTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func share(of processors: Int, groups: String) throws -> MachineShare {
        try folder.write(groups, to: "cgroup")
        return MachineShare(processors: processors, groups: folder.path + "/cgroup", mount: folder.path + "/mount")
    }

    @Test("without control groups a process has the processors of its affinity, and 2 GiB for records")
    func none() {
        let share = MachineShare(processors: 6, groups: folder.path + "/none", mount: folder.path + "/none")
        #expect(share.processors == 6)
        #expect(share.memoryLimit == nil)
        #expect(share.memory == 2 << 30)
    }

    @Test("the smallest quota and limit of a group and those above it hold, in version 2")
    func version2() throws {
        try folder.write("max 100000\n", to: "mount/job/task/cpu.max")
        try folder.write("250000 100000\n", to: "mount/job/cpu.max")
        try folder.write("max\n", to: "mount/job/task/memory.max")
        try folder.write("1073741824\n", to: "mount/job/memory.max")
        let share = try share(of: 16, groups: "0::/job/task\n")
        #expect(share.processors == 3)
        #expect(share.memoryLimit == 1 << 30)
        #expect(share.memory == 512 << 20)
    }

    @Test("version 1 has a folder for each controller, -1 for no quota and a huge number for no limit")
    func version1() throws {
        try folder.write("-1\n", to: "mount/cpu,cpuacct/job/cpu.cfs_quota_us")
        try folder.write("100000\n", to: "mount/cpu,cpuacct/job/cpu.cfs_period_us")
        try folder.write("9223372036854771712\n", to: "mount/memory/memory.limit_in_bytes")
        let groups = "5:cpu,cpuacct:/job\n4:memory:/job\n1:name=systemd:/\n0::/\n"
        #expect(try share(of: 4, groups: groups) == share(of: 4, groups: ""))
        try folder.write("50000\n", to: "mount/cpu,cpuacct/job/cpu.cfs_quota_us")
        try folder.write("8388608\n", to: "mount/memory/job/memory.limit_in_bytes")
        let bounded = try share(of: 4, groups: groups)
        #expect(bounded.processors == 1)
        #expect(bounded.memoryLimit == 8 << 20)
        #expect(bounded.memory == 16 << 20)
    }

    @Test("a container that names the group as its host does finds the limits at the top of its mount")
    func container() throws {
        try folder.write("200000 100000\n", to: "mount/cpu.max")
        #expect(try share(of: 8, groups: "0::/../../kubepods/pod7\n").processors == 2)
    }

    @Test("what cannot be read bounds nothing", arguments: ["", "max", "0 0", "-5 100000", "x 100000", "1e400 1"])
    func unreadable(text: String) throws {
        try folder.write(text, to: "mount/cpu.max")
        try folder.write(text, to: "mount/memory.max")
        let share = try share(of: 8, groups: "0::/\n::\nnonsense\n")
        #expect(share.processors == 8)
        #expect(share.memory >= 16 << 20)
    }
}

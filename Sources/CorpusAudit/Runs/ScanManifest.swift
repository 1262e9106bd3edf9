import OrderedJSON

/// What a scan set out to do, so that a merge can tell whether it is done.
struct ScanManifest: Sendable {
    var settings: ScanSettings
    var task: ScanTask
    var shards: [String]

    init(settings: ScanSettings, task: ScanTask, shards: [String]) {
        self.settings = settings
        self.task = task
        self.shards = shards
    }

    var text: String {
        JSONValue.object([
            "format": "datawall-scan",
            "version": .integer(RunCommit.version),
            "settings": settings.json,
            "task": .string("\(task.index)/\(task.count)"),
            "shards": .array(shards.map { .string($0) }),
        ]).fileText()
    }

    init(reading path: String) throws(RunError) {
        let file = try SystemFile(reading: path)
        let bytes = try file.read(file.size, at: 0)
        guard let json = try? JSONValue(parsing: bytes), json["format"] == "datawall-scan",
            case .integer(let version)? = json["version"]
        else { throw .damaged(path: path, reason: "it does not say what was scanned") }
        guard version == RunCommit.version else { throw .otherVersion(path: path, version: version) }
        guard let settings = ScanSettings(json["settings"]), case .string(let taskText)? = json["task"],
            let task = ScanTask(taskText), case .array(let rows)? = json["shards"]
        else { throw .damaged(path: path, reason: "it does not say what was scanned") }
        self.settings = settings
        self.task = task
        shards = rows.compactMap { if case .string(let shard) = $0 { shard } else { nil } }
    }
}

import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The room for objects that commands copy to this machine, shared by all workers of a command.
final class ScratchRoom: Sendable {
    /// The most bytes that may be taken at one time.
    let bytes: Int
    private let state = Mutex((taken: 0, number: 0, folder: SpillFolder?.none))

    init(bytes: Int) { self.bytes = bytes }

    /// Takes room for an object and makes a folder for it; waits until there is enough.
    ///
    /// - Throws: ``StreamFault`` where it can never be enough, and where there can be no folder.
    fileprivate func take(_ count: Int, stop: StopSignal?) throws(StreamFault) -> (folder: SpillFolder, path: String) {
        guard count <= bytes else {
            throw StreamFault(
                kind: .unfetchedObject,
                reason: "the object has \(count) bytes, more than scratch files may take (\(bytes)): raise --scratch")
        }
        while true {
            if stop?.isRequested == true { throw .stopped }
            let result = state.withLock { state -> Result<(SpillFolder, Int), RunError>? in
                guard state.taken + count <= bytes else { return nil }
                do throws(RunError) {
                    let folder: SpillFolder
                    if let known = state.folder { folder = known } else { folder = try SpillFolder(for: .objects) }
                    state.folder = folder
                    state.taken += count
                    state.number += 1
                    return .success((folder, state.number))
                } catch { return .failure(error) }
            }
            switch result {
            case .success((let folder, let number))?:
                let path = "\(folder.path)/\(number)"
                guard mkdir(path, 0o700) == 0 else {
                    giveBack(count)
                    throw StreamFault(
                        kind: .unfetchedObject, reason: "a scratch folder cannot be made: \(SystemFile.reason())")
                }
                return (folder, path)
            case .failure(let error)?: throw StreamFault(kind: .unfetchedObject, reason: "\(error)")
            case nil: usleep(20_000)
            }
        }
    }

    fileprivate func giveBack(_ count: Int) {
        state.withLock { state in
            state.taken -= count
            // The folder goes when nobody uses it.
            if state.taken == 0 { state.folder = nil }
        }
    }
}

/// An object that a command has copied to a scratch file, which goes with this.
final class StagedObject: Sendable {
    /// Where the file is.
    let path: String
    private let place: (folder: SpillFolder, path: String)
    private let room: ScratchRoom
    private let bytes: Int

    private static let lookMicroseconds: UInt32 = 5_000

    /// Runs the command, and again where it fails.
    ///
    /// - Throws: ``StreamFault`` of the kinds ``ProblemKind/unfetchedObject`` and ``ProblemKind/changedObject``.
    init(_ shard: Shard, command: OpenCommand, object: ListedObject, stop: StopSignal?) throws(StreamFault) {
        room = command.scratch
        bytes = object.bytes
        place = try command.scratch.take(object.bytes, stop: stop)
        // The suffix stays, since tools and readers may look at it.
        let name = SecretMask.shownPath(shard.location).split(separator: "/").last.map(String.init) ?? "object"
        path = "\(place.path)/\(name.hasPrefix("-") ? "_" + name : name)"
        var tries = 1
        while true {
            do throws(CommandFault) {
                try Self.run(command, shard.location, object, to: path, in: place.path, stop)
                return
            } catch {
                switch error {
                case .final(let fault): throw fault
                case .passing(let reason):
                    tries += 1
                    try command.pause(beforeTry: tries, after: reason, stop: stop)
                }
            }
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: place.path)
        room.giveBack(bytes)
    }

    private static func run(
        _ command: OpenCommand, _ location: String, _ object: ListedObject, to path: String, in folder: String,
        _ stop: StopSignal?
    ) throws(CommandFault) {
        // What an earlier try left could be taken for whole.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        let child = try command.start(location, object, file: path)
        var state = Self.state(of: folder)
        var lastChange = ContinuousClock.now
        while child.endingNow() == nil {
            if stop?.isRequested == true { throw .final(.stopped) }
            usleep(lookMicroseconds)
            let isActive = child.passOverOutput()
            let now = ContinuousClock.now
            guard isActive || now - lastChange >= .milliseconds(200) else { continue }
            let newState = Self.state(of: folder)
            if isActive || newState != state {
                (state, lastChange) = (newState, now)
            } else if now - lastChange >= command.silence {
                child.kill()
                let written = (try? FileStatus(path: path))?.bytes ?? 0
                throw .passing(
                    command.sentence(child, "wrote nothing for \(command.silence.words)", written, object))
            }
        }
        guard let status = try? FileStatus(path: path), status.kind == .file else {
            throw .passing(command.sentence(child, "left no file at {file}: it " + Self.words(child), 0, object))
        }
        try command.check(child, bytes: status.bytes, of: object, stop: stop)
    }

    private static func words(_ child: ChildProcess) -> String {
        child.endingNow().map { "\($0)" } ?? "runs on"
    }

    /// What changes in a folder while a command writes: sizes and times.
    private static func state(of folder: String) -> [FileIdentity] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { FileIdentity(path: "\(folder)/\($0)") }
    }
}

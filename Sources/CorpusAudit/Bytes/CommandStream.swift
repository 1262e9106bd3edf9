import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The bytes of an object, as a command writes them to its standard output.
///
/// The end of the output is the end of the object only where the command ended with status 0 and wrote as many bytes as
/// the listing says. Otherwise the command is started again: what was handed out before is read once more and compared by
/// its digest, so that the reader sees each byte once and a changed object is noticed.
final class CommandStream {
    private let shard: Shard
    private let command: OpenCommand
    private let object: ListedObject
    private let stop: StopSignal?

    private var child: ChildProcess?
    private var tries = 0
    /// Bytes that this try has read.
    private var position = 0
    /// Bytes that were handed out.
    private var delivered = 0
    private var isAtEnd = false
    /// Why the object cannot be read; then no further try is made.
    private var fault: StreamFault?

    init(_ shard: Shard, command: OpenCommand, object: ListedObject, stop: StopSignal?) {
        self.shard = shard
        self.command = command
        self.object = object
        self.stop = stop
    }

    /// Reads some bytes; 0 at the end of the object.
    ///
    /// `digest` is that of the bytes that were handed out.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, digest: () -> Fingerprint
    ) throws(StreamFault) -> Int {
        if let fault { throw fault }
        guard !isAtEnd else { return 0 }
        while true {
            do throws(CommandFault) {
                let count = try step(into: buffer, digest: digest)
                delivered += count
                isAtEnd = count == 0
                return count
            } catch {
                child = nil
                switch error {
                case .final(let final):
                    fault = final
                    throw final
                case .passing(let reason):
                    do throws(StreamFault) {
                        try command.pause(beforeTry: tries + 1, after: reason, stop: stop)
                    } catch {
                        fault = error
                        throw error
                    }
                }
            }
        }
    }

    private func step(
        into buffer: UnsafeMutableRawBufferPointer, digest: () -> Fingerprint
    ) throws(CommandFault) -> Int {
        let child = try runningChild()
        if position < delivered { try replay(child, buffer, digest()) }
        let count = try read(child, buffer)
        guard count == 0 else { return count }
        try command.check(child, bytes: position, of: object, stop: stop)
        self.child = nil
        return 0
    }

    private func runningChild() throws(CommandFault) -> ChildProcess {
        if let child { return child }
        tries += 1
        position = 0
        let started = try command.start(shard.location, object)
        child = started
        return started
    }

    /// Reads once more what was handed out before.
    private func replay(
        _ child: ChildProcess, _ buffer: UnsafeMutableRawBufferPointer, _ wanted: Fingerprint
    ) throws(CommandFault) {
        var digest = StreamDigest()
        while position < delivered {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, delivered - position)])
            let count = try read(child, room)
            guard count > 0 else {
                try command.check(child, bytes: position, of: object, stop: stop)
                break
            }
            digest.update(UnsafeRawBufferPointer(rebasing: room[..<count]))
        }
        guard digest.value() == wanted else {
            throw .final(
                StreamFault(
                    kind: .changedObject,
                    reason:
                        "the object changed while it was read: a second try gave other bytes; list the objects again"
                ))
        }
    }

    private func read(
        _ child: ChildProcess, _ buffer: UnsafeMutableRawBufferPointer
    ) throws(CommandFault) -> Int {
        let count: Int?
        do throws(StreamFault) {
            count = try child.read(into: buffer, silence: command.silence) { () throws(StreamFault) in
                if stop?.isRequested == true { throw .stopped }
            }
        } catch { throw .final(error) }
        guard let count else {
            child.kill()
            throw .passing(command.sentence(child, "delivered nothing for \(command.silence.words)", position, object))
        }
        position += count
        guard position <= object.bytes else { throw .final(command.tooLong(child, object)) }
        return count
    }
}

/// Why a command did not deliver an object.
enum CommandFault: Error {
    /// Another try would end in the same way.
    case final(StreamFault)
    /// Another try may succeed; the reason in a sentence.
    case passing(String)
}

extension OpenCommand {
    /// Starts the command for an object.
    func start(_ location: String, _ object: ListedObject, file: String? = nil) throws(CommandFault) -> ChildProcess {
        do throws(SystemFailure) {
            return try ChildProcess(words(for: location, object, file: file))
        } catch { throw .passing("\(name) cannot be started: \(error.reason)") }
    }

    /// Checks that a command whose output has ended delivered the whole object.
    func check(
        _ child: ChildProcess, bytes: Int, of object: ListedObject, stop: StopSignal?
    ) throws(CommandFault) {
        let ending: ChildProcess.Ending
        do throws(StreamFault) {
            ending = try child.waitForEnding(within: silence) { () throws(StreamFault) in
                if stop?.isRequested == true { throw .stopped }
            }
        } catch { throw .final(error) }
        guard bytes <= object.bytes else { throw .final(tooLong(child, object)) }
        guard ending == .exited(0), bytes == object.bytes else {
            throw .passing(sentence(child, ending.description, bytes, object))
        }
    }

    /// What a command did, how far it came, and what it wrote last to its error output.
    func sentence(_ child: ChildProcess, _ what: String, _ bytes: Int, _ object: ListedObject) -> String {
        let lines = child.lastErrors.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        let last = lines.last.map { "; its last error line: \(SecretMask.masked(String($0.suffix(300))))" } ?? ""
        return "\(name) \(what) after \(bytes) of the \(object.bytes) bytes listed\(last)"
    }

    func tooLong(_ child: ChildProcess, _ object: ListedObject) -> StreamFault {
        StreamFault(
            kind: .changedObject,
            reason:
                "\(name) delivered more than the \(object.bytes) bytes listed: the object is longer now (list the objects "
                + "again), or the command wrote a part of it twice when it tried again (use a command that resumes)")
    }

    /// Waits before another try, for a random time around the delay; throws where there is none left.
    func pause(beforeTry number: Int, after reason: String, stop: StopSignal?) throws(StreamFault) {
        guard number - 2 < delays.count else {
            throw StreamFault(
                kind: .unfetchedObject,
                reason:
                    "the object was not read whole in \(delays.count + 1) tries: \(reason); run the --open command for it "
                    + "by hand to see why, then run this command again")
        }
        let delay = delays[number - 2]
        // Workers that failed together must not come back together.
        let end = ContinuousClock.now + delay * Double.random(in: 0.5...1.5)
        while ContinuousClock.now < end {
            if stop?.isRequested == true { throw .stopped }
            usleep(10_000)
        }
    }
}

extension Duration {
    /// The time in words for a message, such as `60 s`.
    var words: String {
        let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}

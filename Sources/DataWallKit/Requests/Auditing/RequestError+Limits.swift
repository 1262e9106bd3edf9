import CorpusAudit
import Quantities

extension RequestError {
    /// A rule that a request breaks, and the sentence that says so.
    package typealias Rule = (isBroken: Bool, message: String)

    /// The number of threads, if given.
    static func threadRule(_ threads: Int?) -> Rule {
        (threads.map { !(1...1_024).contains($0) } ?? false, "--threads is from 1 to 1024.")
    }

    /// The memory in bytes, if given.
    static func memoryRule(_ memory: Double?, least mebibytes: Int) -> Rule {
        let least = Double(mebibytes << 20)
        guard let memory, !(least...1e15).contains(memory) else { return (false, "") }
        let given = Quantity.binaryBytes(memory)
        return (
            true,
            memory > 1e15
                ? "--memory is at most 1e15 bytes, not \(given)."
                : "--memory is \(mebibytes)MiB or more: \(given) is less than this command needs. Give --memory "
                    + "\(mebibytes)MiB, or leave the option out."
        )
    }

    /// The longest record in bytes.
    static func recordRule(_ bytes: Double) -> Rule {
        (
            !(bytes >= 1 && bytes < 4_294_967_296),
            "--max-record is from 1 byte to one less than 4 GiB (4294967295)."
        )
    }

    /// The number of texts that an audit names.
    static func topCopiesRule(_ count: Int) -> Rule {
        (!(0...1_000_000).contains(count), "--top-copies is from 0 to 1,000,000.")
    }
}

extension MachineShare {
    /// The requested threads, else those that this process may use.
    static func threads(_ wanted: Int?) -> Int { wanted ?? current.threads }

    /// The requested memory, else that which this process may use.
    static func memory(_ wanted: Double?) -> Int { wanted.map { Int($0) } ?? current.memory }
}

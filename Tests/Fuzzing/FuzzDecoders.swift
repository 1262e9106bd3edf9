import Foundation

/// LLVM's fuzzing engine, which the toolchain brings along (`libclang_rt.fuzzer_no_main`).
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What feeds the decoder, set once before fuzzing starts on the one thread there is.
nonisolated(unsafe) private var feed: ([UInt8]) -> String? = { _ in nil }

/// What feeds the decoder of a name, if there is one.
private func feeder(of name: String) -> (([UInt8]) -> String?)? {
    if name == "parquet" { return { ParquetProbe.feed($0) } }
    guard let probe = DecoderProbe(rawValue: name) else { return nil }
    return { probe.feed($0) }
}

/// Feeds a decoder what the engine makes up: `fuzz-decoders DECODER [libFuzzer's options] [folders of inputs]`.
@main struct FuzzDecoders {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let chosen = feeder(of: arguments[1]) else {
            let names = (DecoderProbe.allCases.map(\.rawValue) + ["parquet"]).joined(separator: ", ")
            FileHandle.standardError.write(
                Data("usage: fuzz-decoders DECODER [options] [folders]; decoders: \(names)\n".utf8))
            exit(64)
        }
        feed = chosen
        // The engine keeps these pointers for as long as the process lives.
        let given = [arguments[0]] + arguments.dropFirst(2)
        var pointers = given.map { strdup($0) } + [nil]
        var count = CInt(given.count)
        let status = pointers.withUnsafeMutableBufferPointer { buffer -> CInt in
            guard var base = buffer.baseAddress else { return 70 }
            return runFuzzer(&count, &base) { bytes, size in
                let input = Array(UnsafeBufferPointer(start: bytes, count: size))
                if let broken = feed(input) {
                    FileHandle.standardError.write(Data("broken promise: \(broken)\n".utf8))
                    abort()
                }
                return 0
            }
        }
        exit(status)
    }
}

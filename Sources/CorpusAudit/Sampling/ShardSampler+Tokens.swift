extension ShardSampler {
    /// Samples documents of token ids; damage is reported, not thrown.
    ///
    /// The shard is read twice side by side: for the documents' fingerprints, and following that, for the ids of the
    /// documents taken.
    func sampleTokens(
        into sample: inout CorpusSample, _ copy: (ShardSampler, inout CorpusSample) throws -> Void
    ) throws(RunError) {
        guard !shard.isStream else {
            return try report(
                .unreadableInput,
                "token ids are read twice to be sampled, and a stream can be read once: name files",
                in: &sample)
        }
        guard shard.command == nil else {
            return try report(
                .unfetchedObject, "token ids are read twice to be sampled: copy the object here, and name the file",
                in: &sample)
        }
        do {
            try copy(self, &sample)
        } catch let fault as StreamFault {
            try report(fault.kind, fault.reason, in: &sample)
        } catch let error as RunError {
            throw error
        } catch { preconditionFailure("reading throws stream faults and writing throws run errors, not \(error)") }
    }

    private func stream(_ progress: ScanProgress? = nil) throws(StreamFault) -> ShardStream {
        try ShardStream(
            path: shard.location, name: shard.path, content: .tokens, memory: sampler.memory, progress: progress,
            stop: stop)
    }

    /// Samples flat token ids.
    func sampleFlat(_ layout: TokenLayout, into sample: inout CorpusSample) throws {
        var documents = try FlatTokenDocuments(try stream(progress), layout: layout)
        var window = try TokenWindow(try stream())
        while let document = try documents.next() {
            sample.documents += 1
            guard chosen.holds(document.fingerprint) else { continue }
            let file = try output.file(of: shard.source, shard: shard, number: number, kind: "bin")
            try window.pass(document.offset - window.offset) { _ in }
            try copy(document.bytes, from: &window, to: file)
            sample.count(shard.source, bytes: document.bytes)
        }
        try note(try documents.finish(), in: &sample)
    }

    /// Samples a Megatron shard, and writes an index for the sample.
    func sampleMegatron(into sample: inout CorpusSample) throws {
        let binSize = FileIdentity(path: shard.location)?.bytes ?? 0
        let place = FormatSelection.index(of: shard.location)
        let documentStream = try stream(progress)
        let indexFile: PositionedFile
        do throws(StreamFault) {
            indexFile = try PositionedFile(path: place)
        } catch {
            throw StreamFault(
                kind: .badIndex, reason: "its index \(FormatSelection.index(of: shard.path)) \(error.reason)")
        }
        var index = try MegatronIndex(indexFile)
        guard !index.holdsModes else {
            throw StreamFault(
                kind: .badIndex,
                reason: "its index gives the modes of multimodal sequences, which a sample would lose; it is left out")
        }
        var documents = try MegatronDocuments(documentStream, binSize: binSize, index: place)
        var window = try TokenWindow(try stream())
        var sampled = SampledIndex(type: index.type, width: index.width)
        while let document = try documents.next(), let sequences = try index.nextDocument(binSize: binSize) {
            sample.documents += 1
            guard chosen.holds(document.fingerprint) else { continue }
            let file = try output.file(of: shard.source, shard: shard, number: number, kind: "bin")
            for sequence in sequences {
                try window.pass(sequence.offset - window.offset) { _ in }
                try copy(sequence.bytes, from: &window, to: file)
                sampled.add(sequenceOf: sequence.bytes)
            }
            sampled.endDocument()
            sample.count(shard.source, bytes: document.bytes)
        }
        try note(try documents.finish(), in: &sample)
        guard sampled.documents > 0 else { return }
        let file = try output.file(of: shard.source, shard: shard, number: number, kind: "idx")
        sampled.bytes.withUnsafeBufferPointer { file.append($0) }
    }

    /// Copies bytes a window at a time.
    private func copy(_ count: Int, from window: inout TokenWindow, to file: SampleFile) throws {
        var left = count
        while left > 0 {
            let step = min(left, window.capacity)
            try window.pass(step) { file.append($0.bindMemory(to: UInt8.self)) }
            try file.endPiece(blockBytes: output.blockBytes)
            left -= step
        }
    }
}

/// Undoes one kind of compression, frame after frame.
protocol FrameDecoder: AnyObject {
    /// Whether the input so far ends where a frame ends.
    var isBetweenFrames: Bool { get }

    /// Why an input that ends here is damaged; asked for only inside a frame.
    var endFault: StreamFault { get }

    /// Decodes what fits.
    ///
    /// - Returns: Bytes consumed and produced.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> (consumed: Int, produced: Int)
}

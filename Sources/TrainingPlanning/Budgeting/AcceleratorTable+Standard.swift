// Written by Datasets/embed_tables.py from Datasets/accelerators.csv. Change the table and run `make tables`.

extension AcceleratorTable {
    /// The accelerators that ship, with their vendors' figures.
    ///
    /// Peaks are dense BF16, without sparsity.
    public static let standard = AcceleratorTable([
        Accelerator(
            verified: "a100", ["a100-80gb", "a100-sxm", "a100-sxm4-80gb"], peakFLOPs: 312e12,
            memoryBytes: 80e9, memoryBandwidth: 2039e9,
            source: "NVIDIA A100 data sheet, nvidia-a100-datasheet-us-nvidia-1758950-r4-web: BFLOAT16 312 "
                + "TFLOPS, 624 with sparsity"),
        Accelerator(
            verified: "a100-40gb", ["a100-sxm4-40gb"], peakFLOPs: 312e12,
            memoryBytes: 40e9, memoryBandwidth: 1555e9,
            source: "NVIDIA A100 Tensor Core GPU architecture, white paper: BFLOAT16 312 TFLOPS, 624 with "
                + "sparsity"),
        Accelerator(
            verified: "h100", ["h100-sxm", "h100-sxm5", "h100-80gb"], peakFLOPs: 989.4e12,
            memoryBytes: 80e9, memoryBandwidth: 3350e9,
            source: "NVIDIA H100 Tensor Core GPU architecture, white paper: SXM5, BF16 989.4 TFLOPS, 1,978.9 "
                + "with sparsity"),
        Accelerator(
            verified: "h100-pcie", peakFLOPs: 756e12,
            memoryBytes: 80e9, memoryBandwidth: 2000e9,
            source: "NVIDIA H100 Tensor Core GPU architecture, white paper: PCIe, BF16 756 TFLOPS, 1,513 with "
                + "sparsity"),
        Accelerator(
            verified: "h100-nvl", peakFLOPs: 835e12,
            memoryBytes: 94e9, memoryBandwidth: 3900e9,
            source: "NVIDIA H100, nvidia.com/en-us/data-center/h100: NVL, BFLOAT16 1,671 TFLOPS with sparsity, "
                + "half without"),
        Accelerator(
            verified: "h200", ["h200-sxm"], peakFLOPs: 989.4e12,
            memoryBytes: 141e9, memoryBandwidth: 4800e9,
            source: "NVIDIA H200, nvidia.com/en-us/data-center/h200: BFLOAT16 1,979 TFLOPS with sparsity; the "
                + "processor of the H100 SXM5"),
        Accelerator(
            verified: "b200", ["b200-sxm", "hgx-b200"], peakFLOPs: 2250e12,
            memoryBytes: 180e9, memoryBandwidth: 8000e9,
            source: "NVIDIA Blackwell data sheet and DGX B200, nvidia.com/en-us/data-center/dgx-b200: BF16 4,500 "
                + "TFLOPS with sparsity, half without; 1,440 GB and 64 TB/s in eight"),
        Accelerator(
            verified: "l40s", peakFLOPs: 362e12,
            memoryBytes: 48e9, memoryBandwidth: 864e9,
            source: "NVIDIA L40S data sheet, resources.nvidia.com/en-us-l40s: BFLOAT16 362 TFLOPS, 733 with "
                + "sparsity"),
        Accelerator(
            verified: "mi250x", peakFLOPs: 383e12,
            memoryBytes: 128e9, memoryBandwidth: 3280e9,
            source: "AMD Instinct MI250X, amd.com/en/products/accelerators/instinct/mi200/mi250x.html: both dies"),
        Accelerator(
            verified: "mi300x", peakFLOPs: 1307.4e12,
            memoryBytes: 192e9, memoryBandwidth: 5300e9,
            source: "AMD Instinct MI300X, amd.com/en/products/accelerators/instinct/mi300/mi300x.html: bfloat16 "
                + "without sparsity"),
        Accelerator(
            verified: "mi325x", peakFLOPs: 1307.4e12,
            memoryBytes: 256e9, memoryBandwidth: 6000e9,
            source: "AMD Instinct MI325X, amd.com/en/products/accelerators/instinct/mi300/mi325x.html: bfloat16 "
                + "without sparsity"),
        Accelerator(
            verified: "tpu-v4", ["v4"], peakFLOPs: 275e12,
            memoryBytes: 34_359_738_368, memoryBandwidth: 1200e9,
            source: "Google Cloud, cloud.google.com/tpu/docs/v4: 275 TFLOPs (bf16) and 32 GiB a chip"),
        Accelerator(
            verified: "tpu-v5e", ["v5e"], peakFLOPs: 197e12,
            memoryBytes: 16e9, memoryBandwidth: 819e9,
            source: "Google Cloud, cloud.google.com/tpu/docs/v5e: 197 TFLOPs (bf16) and 16 GB a chip"),
        Accelerator(
            verified: "tpu-v5p", ["v5p"], peakFLOPs: 459e12,
            memoryBytes: 95e9, memoryBandwidth: 2765e9,
            source: "Google Cloud, cloud.google.com/tpu/docs/v5p: 459 TFLOPs (bf16) and 95 GB a chip"),
        Accelerator(
            verified: "tpu-v6e", ["v6e", "trillium"], peakFLOPs: 918e12,
            memoryBytes: 32e9, memoryBandwidth: 1638e9,
            source: "Google Cloud, cloud.google.com/tpu/docs/v6e: 918 TFLOPs (bf16) and 32 GB a chip"),
        Accelerator(
            verified: "tpu7x", ["ironwood", "tpu-v7"], peakFLOPs: 2307e12,
            memoryBytes: 206_158_430_208, memoryBandwidth: nil,
            source: "Google Cloud, cloud.google.com/tpu/docs/tpu7x: 2,307 TFLOPs (BF16) and 192 GiB a chip"),
        Accelerator(
            verified: "trainium1", ["trn1", "trainium"], peakFLOPs: 190e12,
            memoryBytes: 34_359_738_368, memoryBandwidth: 880.5e9,
            source: "AWS Neuron, Trainium architecture: 190 BF16 TFLOPS, 32 GiB and 820 GiB/s a chip"),
        Accelerator(
            verified: "trainium2", ["trn2"], peakFLOPs: 667e12,
            memoryBytes: 103_079_215_104, memoryBandwidth: 2900e9,
            source: "AWS Neuron, Trainium2 architecture: 667 BF16 TFLOPS, 96 GiB and 2.9 TB/s a chip"),
        Accelerator(
            verified: "trainium3", ["trn3"], peakFLOPs: 671e12,
            memoryBytes: 154_618_822_656, memoryBandwidth: 4900e9,
            source: "AWS Neuron, Trainium3 architecture: 671 BF16 TFLOPS, 144 GiB and 4.9 TB/s a chip"),
    ])
}

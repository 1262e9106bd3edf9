// Written by Datasets/embed_tables.py from Datasets/fixed_data. Change the table and run `make tables`.

extension FixedDataStudy {
    /// The records of a contest on 100 million unique tokens of FineWeb, with its own baseline on more.
    public static let slowrun = FixedDataStudy(
        uniqueTokens: 100_000_000,
        source: "repository qlabs-eng/slowrun (MIT), commit fd342f0: README.md and data_eff/README.md",
        records: [
            Record(
                track: "one hour", number: 1, date: "2026-02-26", loss: 3.402,
                acceleratorHours: 6.3, change: "Baseline: 2.7B transformer, Muon, dropout 0.1, weight decay 1.6"),
            Record(
                track: "one hour", number: 2, date: "2026-02-27", loss: 3.376,
                acceleratorHours: 6.3, change: "Add shuffling every epoch"),
            Record(
                track: "one hour", number: 3, date: "2026-03-01", loss: 3.349,
                acceleratorHours: 6.3, change: "Change value embed tables to projections from x0"),
            Record(
                track: "one hour", number: 4, date: "2026-03-01", loss: 3.335,
                acceleratorHours: 6.9, change: "Use swiglu activation"),
            Record(
                track: "one hour", number: 5, date: "2026-03-03", loss: 3.314,
                acceleratorHours: 7.0, change: "Add U-Net architecture"),
            Record(
                track: "one hour", number: 6, date: "2026-03-03", loss: 3.295,
                acceleratorHours: 7.1, change: "Add gating per attention head"),
            Record(
                track: "one hour", number: 7, date: "2026-03-11", loss: 3.285,
                acceleratorHours: 7.1, change: "Repeat layers 15-20 for last 3 epochs, reduce warmdown"),
            Record(
                track: "one hour", number: 8, date: "2026-03-11", loss: 3.278,
                acceleratorHours: 7.4, change: "Run layers 15-20 3 times before layers 21-29 for the last 3 epochs"),
            Record(
                track: "one hour", number: 9, date: "2026-03-12", loss: 3.276,
                acceleratorHours: 7.7, change: "Add exclusive self attention (XSA)"),
            Record(
                track: "one hour", number: 10, date: "2026-03-16", loss: 3.270,
                acceleratorHours: 7.4, change: "LR tuning, warmdown tuning"),
            Record(
                track: "one hour", number: 11, date: "2026-03-18", loss: 3.252,
                acceleratorHours: 7.9, change: "EMA of weights, hyperparameter tuning"),
            Record(
                track: "one hour", number: 12, date: "2026-03-23", loss: 3.248,
                acceleratorHours: 7.8, change: "Use weighted average of last 3 epoch checkpoints"),
            Record(
                track: "one hour", number: 13, date: "2026-04-01", loss: 3.236,
                acceleratorHours: 7.9, change: "Add Stochastic Weight Averaging (SWA)"),
            Record(
                track: "one hour", number: 14, date: "2026-04-02", loss: 3.230,
                acceleratorHours: 7.8, change: "Switch c_proj init from zero to normal"),
            Record(
                track: "one hour", number: 15, date: "2026-04-06", loss: 3.227,
                acceleratorHours: 7.8, change: "Add stochastic depth training"),
            Record(
                track: "one hour", number: 16, date: "2026-04-09", loss: 3.222,
                acceleratorHours: 7.6, change: "Add multi-token prediction loss"),
            Record(
                track: "one hour", number: 17, date: "2026-04-13", loss: 3.214,
                acceleratorHours: 7.9, change: "Add Interleaved Head Attention (IHA)"),
            Record(
                track: "one hour", number: 18, date: "2026-04-17", loss: 3.211,
                acceleratorHours: 7.9, change: "Add MuonEq-R"),
            Record(
                track: "one hour", number: 19, date: "2026-04-24", loss: 3.204,
                acceleratorHours: 7.9, change: "Add document-level shuffling"),
            Record(
                track: "one hour", number: 20, date: "2026-04-26", loss: 3.195,
                acceleratorHours: 7.9, change: "Add weight decay schedule, adjust learning rate schedule"),
            Record(
                track: "fifteen minutes", number: 1, date: "2026-03-02", loss: 3.428,
                acceleratorHours: 1.8, change: "Baseline: 300M transformer, weight decay 0.8, dropout 0.1"),
            Record(
                track: "fifteen minutes", number: 2, date: "2026-03-02", loss: 3.410,
                acceleratorHours: 1.9, change: "Add swiglu activation"),
            Record(
                track: "fifteen minutes", number: 3, date: "2026-03-03", loss: 3.395,
                acceleratorHours: 1.9, change: "Add U-Net architecture"),
            Record(
                track: "fifteen minutes", number: 4, date: "2026-03-04", loss: 3.385,
                acceleratorHours: 1.9, change: "Add gating per attention head"),
            Record(
                track: "fifteen minutes", number: 5, date: "2026-03-06", loss: 3.383,
                acceleratorHours: 1.9, change: "Update warmdown ratio"),
            Record(
                track: "fifteen minutes", number: 6, date: "2026-03-06", loss: 3.374,
                acceleratorHours: 2.0, change: "Half truncated RoPE, partial key offset, residual lambdas to 1.1"),
            Record(
                track: "fifteen minutes", number: 7, date: "2026-03-15", loss: 3.365,
                acceleratorHours: 2.0, change: "Add weight decay schedule"),
            Record(
                track: "fifteen minutes", number: 8, date: "2026-03-18", loss: 3.353,
                acceleratorHours: 2.0, change: "Add EMA parameter averaging"),
            Record(
                track: "fifteen minutes", number: 9, date: "2026-04-01", loss: 3.345,
                acceleratorHours: 1.9, change: "Add Stochastic Weight Averaging (SWA)"),
            Record(
                track: "fifteen minutes", number: 10, date: "2026-04-24", loss: 3.332,
                acceleratorHours: 2.0, change: "Add document-level shuffling"),
            Record(
                track: "fifteen minutes", number: 11, date: "2026-06-07", loss: 3.329,
                acceleratorHours: 2.0, change: "Add learnable XSA"),
            Record(
                track: "fifteen minutes", number: 12, date: "2026-06-07", loss: 3.324,
                acceleratorHours: 2.0, change: "Add 2x recurrence"),
            Record(
                track: "fifteen minutes", number: 13, date: "2026-06-08", loss: 3.315,
                acceleratorHours: 1.9, change: "Add fp8 MTP + full-layer XSA"),
            Record(
                track: "fifteen minutes", number: 14, date: "2026-06-14", loss: 3.307,
                acceleratorHours: 1.9, change: "Merge 2x recurrence with latest changes"),
            Record(
                track: "two hours", number: 1, date: "2026-04-12", loss: 3.203,
                acceleratorHours: 14.7, change: "Baseline, extending the 1 hour multi token prediction result"),
            Record(
                track: "two hours", number: 2, date: "2026-04-14", loss: 3.197,
                acceleratorHours: 15.3, change: "Add Interleaved Head Attention (IHA)"),
            Record(
                track: "two hours", number: 3, date: "2026-04-20", loss: 3.188,
                acceleratorHours: 15.5, change: "Add MuonEq-R"),
            Record(
                track: "two hours", number: 4, date: "2026-04-29", loss: 3.150,
                acceleratorHours: 15.7, change: "Add weight decay schedule, adjust learning rate schedule"),
            Record(
                track: "two hours", number: 5, date: "2026-05-04", loss: 3.144,
                acceleratorHours: 15.7, change: "Add back context window scheduling"),
            Record(
                track: "two hours", number: 6, date: "2026-07-02", loss: 3.139,
                acceleratorHours: 15.7, change: "Add per-epoch document-level shuffling"),
            Record(
                track: "unlimited", number: 1, date: "2026-02-26", loss: 3.402,
                acceleratorHours: 6.3, change: "Baseline: 2.7B transformer, Muon, dropout 0.1, weight decay 1.6"),
            Record(
                track: "unlimited", number: 2, date: "2026-02-27", loss: 3.264,
                acceleratorHours: 53.9,
                change: "Baseline: 8 × 2.7B transformer, Muon, dropout 0.1, weight decay 1.6, logit averaging"),
            Record(
                track: "unlimited", number: 3, date: "2026-03-02", loss: 3.218,
                acceleratorHours: 55.2, change: "Use value projections and swiglu activation"),
            Record(
                track: "unlimited", number: 4, date: "2026-03-04", loss: 3.185,
                acceleratorHours: 57.1, change: "Add U-Net and Attention Gating"),
            Record(
                track: "unlimited", number: 5, date: "2026-03-05", loss: 3.166,
                acceleratorHours: 84.7, change: "Train each model for 1.5x longer"),
            Record(
                track: "unlimited", number: 6, date: "2026-03-07", loss: 3.126,
                acceleratorHours: 128.1,
                change: "Train each model in ensemble to distill previous model + usual CE loss"),
            Record(
                track: "unlimited", number: 7, date: "2026-03-13", loss: 3.089,
                acceleratorHours: 308.8,
                change: "Ensemble of 10 models, looping of layers 15-20, tuned epoch counts, loss weight"),
            Record(
                track: "unlimited", number: 8, date: "2026-03-18", loss: 3.081,
                acceleratorHours: 340.7, change: "Ensemble of 12 models, distill alpha 0.5"),
            Record(
                track: "unlimited", number: 9, date: "2026-03-19", loss: 3.045,
                acceleratorHours: 704, change: "More looping, hyperparam tuning, model size increase"),
            Record(
                track: "unlimited", number: 10, date: "2026-03-31", loss: 3.024,
                acceleratorHours: 1470, change: "Use probability averaging over logit averaging, train 20 models"),
            Record(
                track: "unlimited", number: 11, date: "2026-04-23", loss: 3.001,
                acceleratorHours: 2176, change: "Add MTP, IHA, MuonEq-R, adjust initialization, ensemble more models"),
            Record(
                track: "unlimited", number: 12, date: "2026-05-28", loss: 2.987,
                acceleratorHours: 3200, change: "Add snapshot ensembles + gradient based model selection"),
        ],
        baseline: [
            BaselineRun(uniqueTokens: 200_000_000, model: "d12", loss: 3.703),
            BaselineRun(uniqueTokens: 200_000_000, model: "d20", loss: 3.794),
            BaselineRun(uniqueTokens: 200_000_000, model: "d26", loss: 3.883),
            BaselineRun(uniqueTokens: 400_000_000, model: "d12", loss: 3.460),
            BaselineRun(uniqueTokens: 400_000_000, model: "d20", loss: 3.416),
            BaselineRun(uniqueTokens: 400_000_000, model: "d26", loss: 3.370),
            BaselineRun(uniqueTokens: 600_000_000, model: "d12", loss: 3.356),
            BaselineRun(uniqueTokens: 600_000_000, model: "d20", loss: 3.270),
            BaselineRun(uniqueTokens: 600_000_000, model: "d26", loss: 3.200),
            BaselineRun(uniqueTokens: 800_000_000, model: "d12", loss: 3.302),
            BaselineRun(uniqueTokens: 800_000_000, model: "d20", loss: 3.184),
            BaselineRun(uniqueTokens: 800_000_000, model: "d26", loss: 3.123),
            BaselineRun(uniqueTokens: 1_000_000_000, model: "d12", loss: 3.251),
            BaselineRun(uniqueTokens: 1_000_000_000, model: "d20", loss: 3.124),
            BaselineRun(uniqueTokens: 1_000_000_000, model: "d26", loss: 3.046),
            BaselineRun(uniqueTokens: 2_000_000_000, model: "d12", loss: 3.144),
            BaselineRun(uniqueTokens: 2_000_000_000, model: "d20", loss: 2.973),
            BaselineRun(uniqueTokens: 2_000_000_000, model: "d26", loss: 2.892),
        ])
}

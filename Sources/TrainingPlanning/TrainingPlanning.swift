// A plan takes a supply and holds a mixture, so importing TrainingPlanning imports DataMixing too.

@_exported public import DataMixing

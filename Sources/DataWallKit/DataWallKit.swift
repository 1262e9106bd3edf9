// What embedders import: the whole house in one name.

@_exported public import BuiltInModels
@_exported public import Charts
@_exported public import CorpusAudit
@_exported public import DataWallReports
@_exported public import LawFiles
@_exported public import LawFitting
@_exported public import OrderedJSON
@_exported public import ScalingLaws
@_exported public import ScalingLawsTesting
@_exported public import TokenCounting
@_exported public import TrainingPlanning

// What embedders import: the whole house in one name.

@_exported public import Bounded
@_exported public import BuiltInModels
@_exported public import Charts
@_exported public import Chinchilla
@_exported public import ComputeOptimal
@_exported public import CorpusAudit
@_exported public import DataWallReports
@_exported public import Gadre
@_exported public import InferenceCost
@_exported public import InfoLaw
@_exported public import Kaplan
@_exported public import LawFiles
@_exported public import LawFitting
@_exported public import Lovelace
@_exported public import Muennighoff
@_exported public import OrderedJSON
@_exported public import PearceSong
@_exported public import PowerLaws
@_exported public import ScalingLaws
@_exported public import ScalingLawsTesting
@_exported public import Sedova
@_exported public import TokenCounting
@_exported public import TrainingPlanning

// A registry's errors list similar names; code that handles them needs the same function.
@_exported public import func Quantities.nearestNames

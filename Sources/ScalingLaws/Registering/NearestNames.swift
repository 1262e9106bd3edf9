// A registry's errors list near names; who handles them needs the same function.
@_exported public import func Quantities.nearestNames

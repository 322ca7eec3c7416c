package conform

// AreaOf is Area with documents of a test's own.
var AreaOf = area

package group

// A KeywordMatch says which keywords of a search what is found must have.
type KeywordMatch int

// The documented values.
const (
	MatchAny KeywordMatch = 0 // one of them
	MatchAll KeywordMatch = 1 // each of them
)

package follow

// A Type says who of two users follows the other, and as the name of a list whom the list has. Numbers newer than this
// SDK are read as they are.
type Type int

// The values of Type. All but NoFollow are lists too.
const (
	NoFollow  Type = 0 // neither follows the other
	Follower  Type = 1 // the other follows the user who is named first
	Following Type = 2 // the user who is named first follows the other
	Mutual    Type = 3 // each follows the other
)

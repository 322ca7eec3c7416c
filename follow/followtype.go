package follow

// A FollowType says who of two users follows the other, and as the name of a list whom the list has. Numbers newer than
// this SDK are read as they are.
//
//nolint:revive // the name that it has on the wire
type FollowType int

// The values of FollowType. All but NoFollow are lists too.
const (
	NoFollow  FollowType = 0 // neither follows the other
	Follower  FollowType = 1 // the other follows the user who is named first
	Following FollowType = 2 // the user who is named first follows the other
	Mutual    FollowType = 3 // each follows the other
)

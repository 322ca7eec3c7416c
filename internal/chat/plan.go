package chat

// A Plan is what has been bought for an app.
type Plan string

// The plans. The empty one is PlanTop.
const (
	PlanTop   Plan = "top"   // has no limits here
	PlanTrial Plan = "trial" // what is there without a purchase
)

// planLimits are how many of something there can be; 0: no limit.
type planLimits struct {
	groups    int // in all
	liveRooms int // groups of the type AVChatRoom
	members   int // of a group of the types Private, Public and ChatRoom
	joined    int // groups that a user is in
}

// limits returns those of a plan. The number of groups is documented with its code, the others are guesses.
func (p Plan) limits() planLimits {
	if p == PlanTrial {
		return planLimits{groups: 100, liveRooms: 10, members: 20, joined: 50}
	}
	return planLimits{}
}

// tooMany says whether a group of a kind cannot have so many members.
func (p Plan) tooMany(k kinds, members int) bool {
	most := p.limits().members
	return most > 0 && k&(work|public|meeting) != 0 && members > most
}

// membersOf returns how many members a group of a kind can have that asks for some number of them, or for as many as it
// can have; 0: no limit.
func (p Plan) membersOf(k kinds, asked int) int {
	switch {
	case k == live:
		return 0
	case asked == 0 && k&(work|public|meeting) != 0:
		return p.limits().members
	}
	return asked
}

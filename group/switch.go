package group

// A Switch is something that is on or off, or, where it is empty, is left as it is or was not told.
type Switch string

// The values of Switch.
const (
	On  Switch = "On"
	Off Switch = "Off"
)

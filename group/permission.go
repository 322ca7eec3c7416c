package group

// A Permission is what members of a community may do, as the sum of its bits. Which there are is documented for client
// SDKs, up to the ninth; others can be sent and are read.
type Permission uint64

// The documented bits.
const (
	ManageGroupInfo              Permission = 1 << iota // change the group's profile
	ManageMembers                                       // add, delete and mute members
	ManagePermissionGroups                              // change permission groups and their rights in topics
	ManagePermissionGroupMembers                        // put members into permission groups
	ManageTopics                                        // make, change and delete topics
	MuteInTopics                                        // mute a member in all topics
	SendInTopics                                        // send messages in all topics
	AtAllInTopics                                       // mention all in all topics
	ReadHistoryInTopics                                 // read what was sent before one joined, in all topics
)

package callback

const (
	cmdFollowAfterFollowAdd    = "Follow.CallbackAfterFollowAdd"
	cmdFollowAfterFollowDelete = "Follow.CallbackAfterFollowDelete"
)

// FollowAfterFollowAdd is sent after a user began to follow others.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70355
type FollowAfterFollowAdd struct {
	Meta

	FromAccount string       `json:"From_Account"`        // who follows
	FollowList  []FollowItem `json:"FollowList,omitzero"` // who is followed
	EventTime   EventTime    `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// FollowItem is one user that a FollowAfterFollowAdd names.
type FollowItem struct {
	ToAccount string `json:"To_Account"`
}

// FollowAfterFollowDelete is sent after a user stopped following others. They are a list of plain IDs here, under a
// name that is a single ID in all other webhooks.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70356
type FollowAfterFollowDelete struct {
	Meta

	FromAccount string    `json:"From_Account"`        // who followed
	ToAccount   []string  `json:"To_Account,omitzero"` // who is no longer followed
	EventTime   EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Follow.CallbackAfterFollowAdd".
func (*FollowAfterFollowAdd) Command() string { return cmdFollowAfterFollowAdd }

// Command returns "Follow.CallbackAfterFollowDelete".
func (*FollowAfterFollowDelete) Command() string { return cmdFollowAfterFollowDelete }

func (*FollowAfterFollowAdd) after()    {}
func (*FollowAfterFollowDelete) after() {}

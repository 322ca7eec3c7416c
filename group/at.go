package group

// An AtInfo is one mention in a group message: of one user, or of all. The mentions of a message follow the @ marks
// of its text, one for one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34959
type AtInfo struct {
	GroupAtAllFlag int    `json:"GroupAtAllFlag"`            // 1: everyone is mentioned; 0: GroupAtAccount is
	GroupAtAccount string `json:"GroupAt_Account,omitempty"` // the user; empty where everyone is mentioned
}

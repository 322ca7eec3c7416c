package chat

import (
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxMarked     = 1000 // conversations of a user with marks or in groups
	maxMarks      = 64
	maxCustomMark = 256 // bytes
	contactPage   = 100

	markStandard = 1 // bits of OptType
	markCustom   = 2
)

type contactResult struct {
	ContactItem conversation.ID
	ResultCode  restapi.Code
	ResultInfo  string
}

func contactResultOf(id conversation.ID, err error) contactResult {
	o := outcomeOf("", err)
	return contactResult{id, o.ResultCode, o.ResultInfo}
}

// knownContact refuses a conversation with nobody, and that of a group that the user is not in.
func (a *App) knownContact(own *chats, id conversation.ID) error {
	if id.Type == conversation.TypeGroup {
		if r := a.groups.find(id.ToGroupID); r == nil || !r.members.has(own.userID) {
			return refuse(restapi.CodeContactGroupCheckFailed, "the user is not in such a group")
		}
		return nil
	}
	_, err := a.refuseUnknown(id.ToAccount, restapi.CodeContactAccountNotFound)
	return err
}

// markable returns the conversation of a user that is to get a mark, or to be put into a group, and refuses one for
// which there is no room.
func (a *App) markable(own *chats, id conversation.ID, marked *int) (*contact, error) {
	if err := a.knownContact(own, id); err != nil {
		return nil, err
	}
	c := a.talks.conversation(own.userID, id)
	if !c.isMarked() {
		if *marked >= maxMarked {
			return nil, refuse(restapi.CodeContactMarkLimit, "there are 1000 conversations with marks or in groups")
		}
		*marked++
	}
	return c, nil
}

type markItem struct {
	OptType            int
	ContactItem        conversation.ID
	SetMark, ClearMark []int
	CustomMark         string
}

func (m *markItem) check(off bool) error {
	switch {
	case m.OptType < markStandard || m.OptType > markStandard|markCustom:
		return badContact("OptType is not 1, 2 or 3")
	case m.OptType&markStandard != 0 && off:
		return refuse(restapi.CodeContactPlanUnsupported, "standard marks are switched off")
	case len(m.CustomMark) > maxCustomMark:
		return badContact("CustomMark is over 256 bytes")
	}
	for _, n := range slices.Concat(m.SetMark, m.ClearMark) {
		if n < 1 || n > maxMarks {
			return badContact("a mark is not 1 to 64")
		}
	}
	return checkContact(m.ContactItem)
}

type markResult struct {
	OptType int
	contactResult
}

func markContact(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	MarkItem    []markItem
},
) (any, error) {
	if n := len(req.MarkItem); n == 0 || n > conversation.MaxMark {
		return nil, refuse(restapi.CodeContactInvalidCount, "MarkItem has no conversations, or over 100")
	}
	for _, item := range req.MarkItem {
		if err := item.check(slices.Contains(a.set.Off, FeatureContactGroup)); err != nil {
			return nil, err
		}
	}
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	var result struct{ ResultItem []markResult }
	marked := own.marked()
	for _, item := range req.MarkItem {
		one, err := a.markable(own, item.ContactItem, &marked)
		if err == nil {
			one.mark(&item)
			one.changed = c.now.Unix()
		}
		result.ResultItem = append(result.ResultItem, markResult{item.OptType, contactResultOf(item.ContactItem, err)})
	}
	return result, nil
}

func (c *contact) mark(m *markItem) {
	if m.OptType&markStandard != 0 {
		for _, n := range m.ClearMark {
			c.marks &^= 1 << (n - 1)
		}
		for _, n := range m.SetMark {
			c.marks |= 1 << (n - 1)
		}
	}
	if m.OptType&markCustom != 0 {
		c.custom = m.CustomMark
	}
}

// marksText are standard marks as a text of 0 and 1, the first mark first: which end is which is not documented.
func marksText(marks uint64) string {
	var b strings.Builder
	for ; marks != 0; marks >>= 1 {
		b.WriteByte('0' + byte(marks&1))
	}
	return b.String()
}

type contactData struct {
	conversation.ID

	StandardMark   string `json:",omitempty"`
	CustomMark     string `json:",omitempty"`
	ContactGroupID []int  `json:"ContactGroupId,omitempty"`
	Timestamp      int64
}

func (c *contact) data() contactData {
	return contactData{c.id, marksText(c.marks), c.custom, slices.Clone(c.groups), c.changed}
}

// getContactGroup reads a page of the conversations with marks or in groups, in the order of their names.
func getContactGroup(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	StartIndex  int
},
) (any, error) {
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	all := own.named((*contact).isMarked)
	result := struct {
		ContactItem    []contactData
		GroupItem      []conversation.ContactGroup
		CompleteFlag   int
		NextStartIndex int
	}{ContactItem: []contactData{}, GroupItem: own.groupList(), CompleteFlag: 1}
	all = all[min(req.StartIndex, len(all)):]
	if len(all) > contactPage {
		all = all[:contactPage]
		result.CompleteFlag, result.NextStartIndex = 0, req.StartIndex+contactPage
	}
	for _, one := range all {
		result.ContactItem = append(result.ContactItem, one.data())
	}
	return result, nil
}

// searchContactGroup reads what is known of conversations that are named. One without marks comes with Timestamp 0.
func searchContactGroup(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	ContactItem []conversation.ID
},
) (any, error) {
	if n := len(req.ContactItem); n == 0 || n > conversation.MaxSearch {
		return nil, badContact("ContactItem has no conversations, or over 300")
	}
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	result := struct {
		ContactResultItem []contactData
		GroupItem         []conversation.ContactGroup
	}{GroupItem: own.groupList()}
	for _, id := range req.ContactItem {
		if err := checkContact(id); err != nil {
			return nil, err
		}
		data := contactData{ID: id}
		if one := own.byID[id]; one != nil {
			data = one.data()
		}
		result.ContactResultItem = append(result.ContactResultItem, data)
	}
	return result, nil
}

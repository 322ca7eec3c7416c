package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxGroupAnswer is how long an answer about groups can be.
const maxGroupAnswer = 1 << 20 // bytes

func refuseLarge(size int) error {
	if size > maxGroupAnswer {
		return refuse(restapi.CodeGroupResponseTooLarge, "the answer would be over 1 MB")
	}
	return nil
}

// sizeOf is about how long a group is in an answer.
func sizeOf(i *roomInfo) int {
	size := 30 + len(i.GroupID)
	for _, text := range []*string{i.Name, i.Introduction, i.Notification, i.FaceURL, i.OwnerAccount} {
		if text != nil {
			size += 20 + len(*text)
		}
	}
	if i.NextMsgSeq != nil || i.CreateTime != nil || i.MemberNum != nil {
		size += 250
	}
	size += sizeOfFields(i.AppDefinedData)
	for j := range i.MemberList {
		size += i.MemberList[j].size()
	}
	return size
}

func sizeOfFields(fields group.CustomFields) (size int) {
	for key, value := range fields {
		size += 25 + len(key) + len(value)
	}
	return size
}

// size is about how long a member is in an answer.
func (i *memberInfo) size() int {
	size := 25 + len(i.MemberAccount) + sizeOfFields(i.AppMemberDefinedData)
	if i.NameCard != nil {
		size += 15 + len(*i.NameCard)
	}
	for _, shown := range []bool{
		i.Role != nil, i.JoinTime != nil, i.MsgSeq != nil, i.MsgFlag != nil, i.LastSendMsgTime != nil, i.MuteUntil != nil,
	} {
		size += 25 * bit(shown)
	}
	return size
}

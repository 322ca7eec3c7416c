// Package conversation keeps the lists of conversations that users see: which there are, which are pinned, what they
// are marked with, and the groups in which a user keeps them.
//
//	conversations := conversation.NewClient(client) // client is a *restapi.Client
//
//	for c, err := range conversations.Conversations(ctx, "ann") {
//		if err != nil {
//			return err
//		}
//		fmt.Println(c.ToAccount, c.ToGroupID, c.MsgTime, c.TopFlag)
//	}
//	support := conversation.C2C("support")
//	if err := conversations.Pin(ctx, "ann", []conversation.ID{support}); err != nil {
//		return err
//	}
//	err := restapi.Join(conversations.Mark(ctx, "ann", []conversation.MarkItem{
//		{ContactItem: support, SetMark: []conversation.Mark{conversation.MarkStar}},
//	}))
//
// A call is about the user who is named first. An [ID] names one of the conversations of that user, with another user
// ([C2C]) or with a group ([Group]); its [Type] is what webhooks have as ContactType.
//
// A conversation can be pinned ([Client.Pin]), as [Client.Conversations] tells. It can have marks ([Client.Mark]) and
// be in conversation groups ([Client.CreateContactGroup]), as [Client.Contacts] and [Client.SearchContacts] tell;
// standard marks and conversation groups need a plan that has them. A conversation group is one user's alone, and has
// nothing to do with those of package [github.com/go-tencentchat/tencentchat/group]. Messages are with package
// [github.com/go-tencentchat/tencentchat/message].
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - recentcontact/create_contact_group: [Client.CreateContactGroup]
//   - recentcontact/del_contact_group: [Client.DeleteContactGroup]
//   - recentcontact/delete: [Client.Delete]
//   - recentcontact/get_contact_group: [Client.Contacts], [Client.ContactPage]
//   - recentcontact/get_list: [Client.Conversations], [Client.ConversationPage]
//   - recentcontact/mark_contact: [Client.Mark]
//   - recentcontact/search_contact_group: [Client.SearchContacts]
//   - recentcontact/top: [Client.Pin], [Client.Unpin]
//   - recentcontact/update_contact_group: [Client.UpdateContactGroup], [Client.RenameContactGroup]
//
// # Errors
//
// What the documentation rules out never reaches the network: a user ID that is empty, over 48 bytes or has a control
// character in it, an [ID] without the name that its type has or with the other one, a list that is empty or too long,
// a mark that is not 1 to 64 or is to be put on and taken off, a custom mark over 256 bytes, the name of a conversation
// group over 32. The error is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field. A
// list of IDs may name one twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeContactPinnedLimit], or classes such as [restapi.ErrAccountNotFound]. Where the user who is named first
// is not imported, the call fails with [restapi.CodeContactAccountNotFound].
//
// Calls for several conversations can succeed for some and fail for others, and the service answers those with success.
// Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them all. A
// conversation that the answer leaves out has an error too, [restapi.ErrBadResponse].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package; the messages that make conversations are sent there by package message or by devices. A fake of the
// program's own makes failed results with [restapi.Failed]. No webhook tells of what the calls of this package change.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43087
package conversation

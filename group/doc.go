// Package group makes groups and changes them, keeps their members, sends their messages and reads them: groups of all
// five types, communities with topics, and live rooms.
//
//	groups := group.NewClient(client) // client is a *restapi.Client
//
//	id, err := groups.Create(ctx, group.Group{
//		Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira",
//		MemberList: []group.NewMember{{MemberAccount: "ozan", Role: group.RoleAdmin}, {MemberAccount: "priya"}},
//	})
//	if err != nil {
//		return err
//	}
//	sent, err := groups.Send(ctx, id, message.Message{FromAccount: "mira", MsgBody: message.Text("fog until noon @All")},
//		group.WithPriority(group.High), group.WithAt(group.AtAll()))
//	if errors.Is(err, restapi.CodeGroupRejectedByWebhook) {
//		return nil // our own moderation said no
//	}
//
// A [Client] has what concerns a group as a whole, and its messages; its parts have the rest. A part is a value that
// can be handed on alone: a function that takes a [Members] can mute, and cannot disband a group.
//
// # Groups
//
// The methods of [Client]: [Client.Create], [Client.Get], [Client.Modify], [Client.ChangeOwner], [Client.Destroy]. All
// groups of the app are in [Client.IDs], those of a user in [Client.JoinedGroups], and [Client.Search] finds them by
// their names. A [Filter] says which fields the answer has.
//
// # Messages
//
// Methods of [Client] as well: [Client.Send] and [Client.SendStream], [Client.Notify] and [Client.NotifyMembers] for
// what is kept nowhere; [Client.ModifyMessage], [Client.Recall], [Client.DeleteBySender] and [Client.ClearHistory];
// [Client.Messages] goes through the history. [Client.MarkRead], [Client.Receipts], [Client.Readers] and
// [Client.NonReaders] tell who has read a message; [Client.SetExtensions] and those beside it attach pairs to one;
// [Client.Pin], [Client.Unpin] and [Client.Pinned] keep it on top.
//
// What a message is made of is in package [github.com/go-tencentchat/tencentchat/message].
//
// # Members
//
// [Members.Add] and [Members.Delete]; [Members.All] goes through all of a group, [Members.Get] and [Members.Roles] look
// some up, [Members.Search] finds them by their names, [Members.Modify] changes one. [Members.Mute], [Members.Unmute]
// and [Members.Muted] are for those who may not write, [Members.Ban], [Members.Unban] and [Members.Banned] for those
// who may not be in the group.
//
// # Attributes and counters
//
// A few values that all members see as they change. Of [Attributes]: [Attributes.Get], [Attributes.Set],
// [Attributes.Modify], [Attributes.Delete], [Attributes.Clear]. What is counted by several programs at once belongs
// into [Counters]: [Counters.Get], [Counters.Update], [Counters.Delete], [Counters.Clear].
//
// # Communities
//
// A Community can have topics, each with messages of its own: [Topics.Create], [Topics.Modify], [Topics.Destroy],
// [Topics.All] and [Topics.Get]. The ID of a topic begins with that of its community, see [TopicID] and [SplitTopicID],
// so that a method for groups and topics, whose argument is chatID, takes one ID alone:
//
//	sent, err := groups.Send(ctx, cmp.Or(event.TopicID, event.GroupID), m)
//
// Permission groups say what members may do: [Permissions.Create], [Permissions.Modify], [Permissions.Destroy],
// [Permissions.Get], [Permissions.All]; [Permissions.AddMembers], [Permissions.DeleteMembers] and [Permissions.Members]
// say who is in one, [Permissions.AddTopics], [Permissions.SetTopics], [Permissions.DeleteTopics] and
// [Permissions.Topics] for which topics it holds.
//
// # Live rooms
//
// An AVChatRoom keeps neither messages nor members. [Live.OnlineMemberNum], [Live.Members] and [Live.CheckMembers] are
// for who is there now; [Live.Mark] and [Live.Unmark] mark some of them; [Live.AddAdmins], [Live.DeleteAdmins] and
// [Live.Admins], [Live.AddRobots] and [Live.DeleteRobots] staff it; [Live.Broadcast] writes to all of them at once.
//
// # Another system's groups
//
// [Import.Group], [Import.Topic], [Import.Messages] and [Import.Members], in this order, and [Import.UnreadMsgNum]. No
// webhook is fired, and nobody is told:
//
//	id, err := groups.Import.Group(ctx, group.Group{
//		GroupID: "old_harbor", Type: group.Public, Name: "Old harbor", CreateTime: made,
//	})
//	if err != nil {
//		return err
//	}
//	for batch := range slices.Chunk(messages, group.MaxImportMessages) {
//		if err := restapi.Join(groups.Import.Messages(ctx, id, batch)); err != nil {
//			return err
//		}
//	}
//	for batch := range slices.Chunk(members, group.MaxImportMembers) {
//		if err := restapi.Join(groups.Import.Members(ctx, id, batch)); err != nil {
//			return err
//		}
//	}
//
// # Types
//
// [Type] is the type of a group, [Role] the place of a member in it, [MsgFlag] what a member wants of its messages, and
// [AtInfo] a mention. Package [github.com/go-tencentchat/tencentchat/callback] has the first, the second and the last
// under other names too: GroupType, GroupRole and GroupAtInfo are the same types. What newer pages and webhooks call
// Work and Meeting is Private and ChatRoom: both names can be sent, and [Type.Is] compares them. Other words newer than
// this package are read and kept as they are.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - group_member_search/search: [Members.Search], [Members.SearchPage]
//   - group_open_attr_http_svc/get_group_attr: [Attributes.Get]
//   - group_open_avchatroom_http_svc/add_robots: [Live.AddRobots]
//   - group_open_avchatroom_http_svc/check_members: [Live.CheckMembers]
//   - group_open_avchatroom_http_svc/del_robots: [Live.DeleteRobots]
//   - group_open_avchatroom_http_svc/get_admin_list: [Live.Admins]
//   - group_open_avchatroom_http_svc/get_members: [Live.Members], [Live.MemberPage]
//   - group_open_avchatroom_http_svc/modify_admin: [Live.AddAdmins], [Live.DeleteAdmins]
//   - group_open_avchatroom_http_svc/modify_user_info: [Live.Mark], [Live.Unmark]
//   - group_open_http_svc/add_group_member: [Members.Add]
//   - group_open_http_svc/add_permission_group_member: [Permissions.AddMembers]
//   - group_open_http_svc/add_topic_permission_group: [Permissions.AddTopics]
//   - group_open_http_svc/ban_group_member: [Members.Ban]
//   - group_open_http_svc/change_group_owner: [Client.ChangeOwner]
//   - group_open_http_svc/clear_group_attr: [Attributes.Clear]
//   - group_open_http_svc/clear_group_msg: [Client.ClearHistory]
//   - group_open_http_svc/create_group: [Client.Create]
//   - group_open_http_svc/create_permission_group: [Permissions.Create]
//   - group_open_http_svc/delete_group_attr: [Attributes.Delete]
//   - group_open_http_svc/delete_group_counter: [Counters.Delete], [Counters.Clear]
//   - group_open_http_svc/delete_group_member: [Members.Delete]
//   - group_open_http_svc/delete_group_msg_by_sender: [Client.DeleteBySender]
//   - group_open_http_svc/delete_permission_group_member: [Permissions.DeleteMembers]
//   - group_open_http_svc/delete_topic_permission_group: [Permissions.DeleteTopics]
//   - group_open_http_svc/destroy_group: [Client.Destroy]
//   - group_open_http_svc/destroy_permission_group: [Permissions.Destroy]
//   - group_open_http_svc/forbid_send_msg: [Members.Mute], [Members.Unmute]
//   - group_open_http_svc/get_appid_group_list: [Client.IDs], [Client.IDPage]
//   - group_open_http_svc/get_group_ban_member: [Members.Banned], [Members.BannedPage]
//   - group_open_http_svc/get_group_counter: [Counters.Get]
//   - group_open_http_svc/get_group_info: [Client.Get]
//   - group_open_http_svc/get_group_member_info: [Members.All], [Members.Page]
//   - group_open_http_svc/get_group_msg_receipt: [Client.Receipts]
//   - group_open_http_svc/get_group_msg_receipt_detail: [Client.Readers], [Client.NonReaders]
//   - group_open_http_svc/get_group_muted_account: [Members.Muted]
//   - group_open_http_svc/get_group_shutted_uin: [Members.ShuttedUin]
//   - group_open_http_svc/get_joined_group_list: [Client.JoinedGroups], [Client.JoinedGroupPage]
//   - group_open_http_svc/get_online_member_num: [Live.OnlineMemberNum]
//   - group_open_http_svc/get_permission_group: [Permissions.Get], [Permissions.All], [Permissions.Page]
//   - group_open_http_svc/get_permission_group_member_list: [Permissions.Members], [Permissions.MemberPage]
//   - group_open_http_svc/get_pinned_messages: [Client.Pinned]
//   - group_open_http_svc/get_role_in_group: [Members.Roles]
//   - group_open_http_svc/get_specified_group_member_info: [Members.Get]
//   - group_open_http_svc/get_topic_permission_group: [Permissions.Topics]
//   - group_open_http_svc/group_msg_get_simple: [Client.Messages], [Client.MessagePage]
//   - group_open_http_svc/group_msg_recall: [Client.Recall]
//   - group_open_http_svc/group_msg_receipt: [Client.MarkRead]
//   - group_open_http_svc/import_group: [Import.Group]
//   - group_open_http_svc/import_group_member: [Import.Members]
//   - group_open_http_svc/import_group_msg: [Import.Messages]
//   - group_open_http_svc/import_topic: [Import.Topic]
//   - group_open_http_svc/modify_group_attr: [Attributes.Modify]
//   - group_open_http_svc/modify_group_base_info: [Client.Modify]
//   - group_open_http_svc/modify_group_member_info: [Members.Modify]
//   - group_open_http_svc/modify_permission_group: [Permissions.Modify]
//   - group_open_http_svc/pin_message: [Client.Pin]
//   - group_open_http_svc/send_broadcast_msg: [Live.Broadcast]
//   - group_open_http_svc/send_group_msg: [Client.Send]
//   - group_open_http_svc/send_group_system_notification: [Client.Notify], [Client.NotifyMembers]
//   - group_open_http_svc/set_group_attr: [Attributes.Set]
//   - group_open_http_svc/set_topic_permission_group: [Permissions.SetTopics]
//   - group_open_http_svc/set_unread_msg_num: [Import.UnreadMsgNum]
//   - group_open_http_svc/unban_group_member: [Members.Unban]
//   - group_open_http_svc/unpin_message: [Client.Unpin]
//   - group_open_http_svc/update_group_counter: [Counters.Update]
//   - group_search/search: [Client.Search], [Client.SearchPage]
//   - million_group_open_http_svc/create_topic: [Topics.Create]
//   - million_group_open_http_svc/destroy_topic: [Topics.Destroy]
//   - million_group_open_http_svc/get_topic: [Topics.All], [Topics.Get]
//   - million_group_open_http_svc/modify_topic: [Topics.Modify]
//   - openim/modify_group_msg: [Client.ModifyMessage]
//   - openim_msg_ext_http_svc/group_get_key_values: [Client.Extensions], [Client.ExtensionPage]
//   - openim_msg_ext_http_svc/group_set_key_values: [Client.SetExtensions], [Client.DeleteExtensions],
//     [Client.ClearExtensions]
//   - stream_msg/send_group_stream_msg: [Client.SendStream]
//
// # Retries
//
// What reads, and what sets a state, is repeated after a failure that leaves its outcome open. [Client.Create],
// [Import.Group] and what else makes something are not, as a second one could be made; nor is what counts or shows
// something twice: [Counters.Update], [Client.Notify], [Client.NotifyMembers] and [Client.SendStream].
//
// A send is never a second message: its MsgRandom, which the service knows a repeat by for five minutes, is drawn
// before the first attempt and is the same in every one, and a failure is repeated within that time alone. So are those
// of [Live.Broadcast] and [Import.Messages]. [message.Sent] has the MsgRandom of a send that failed too, for a program
// that wants to repeat it by itself:
//
//	sent, err := groups.Send(ctx, id, m)
//	if failed, ok := errors.AsType[*restapi.Error](err); ok && failed.Open && soon() {
//		m.MsgRandom = sent.MsgRandom
//		sent, err = groups.Send(ctx, id, m)
//	}
//
// # Errors
//
// What the documentation rules out never reaches the network: the ID of a group that is empty or has a control
// character in it, that of a topic where a group is wanted, a list that is empty or too long, a text that is too long,
// a message that cannot be sent with the command ([message.Message.CheckFor]). The error is a [*restapi.ArgumentError],
// which is [restapi.ErrInvalidArgument] and names the field. Where something changes,
// nothing that is empty stands for all: a list of users, keys or topics that is empty is refused, and what is for all
// has a method of its own. A list of IDs may name one twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeGroupNotFound], or classes such as [restapi.ErrRateLimited].
//
// Calls for several groups, users, messages or topics can succeed for some and fail for others, and the service answers
// those with success. Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error
// of them all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package: it keeps groups with their members, messages and topics, asks the backend before something happens that
// it can stop, and has devices that join, write and read as users do. The example of this package runs against it. A
// fake of the program's own makes failed results with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33529
package group

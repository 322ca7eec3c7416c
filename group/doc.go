// Package group makes groups and changes them, keeps their members, sends their messages and reads them: groups of all
// five types, communities with topics, and live rooms.
//
//	groups := group.NewClient(client) // client is a *restapi.Client
//
// # Types
//
// [Type] is the type of a group, [Role] the place of a member in it, [MsgFlag] what a member wants of its messages, and
// [AtInfo] a mention. Package [github.com/go-tencentchat/tencentchat/callback] has the first, the second and the last
// under other names too: GroupType, GroupRole and GroupAtInfo are the same types.
//
// Words newer than this package are read and kept as they are.
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
// # Errors
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33529
package group

// Package push pushes to phones and to those who are on line: to everybody, to those with certain tags or attributes,
// or to listed users, at once or at a time to come. It keeps those tags and attributes, takes pushes back, and counts
// what became of them.
//
//	pushes := push.NewClient(client) // client is a *restapi.Client
//
//	err := restapi.Join(pushes.AddTags(ctx, []push.UserTags{{ToAccount: "ana", Tags: []string{"skiing"}}}))
//	if err != nil {
//		return err
//	}
//	news := message.Message{
//		FromAccount:     "news",
//		OfflinePushInfo: &message.OfflinePushInfo{Title: "Snow", Desc: "30 cm since yesterday"},
//	}
//	pushed, err := pushes.Push(ctx, push.Condition{TagsOr: []string{"skiing"}}, news)
//	if err != nil {
//		return err
//	}
//	mistake := message.OfflinePushInfo{Title: "Snow", Desc: "That was a mistake, there is none."}
//	err = pushes.Revoke(ctx, pushed.TaskID, push.WithOfflinePushInfo(mistake))
//
// To whom a push goes a [Condition] says. The zero one is refused: everybody is [Everybody], so that a list of tags
// which turns out to be empty does not push to all users, as what a phone has shown cannot be taken back.
// [Client.PushTo] is for up to 500 users by their IDs, [Client.AddScheduledTask] for either at a time to come.
//
// Attributes have names, up to ten in an app ([Client.SetAttrNames]), and each user values of them
// ([Client.SetAttrs]); tags ([Client.AddTags]) are texts that need no names.
//
// What became of a push for each of its receivers the webhook Push.AllMemberPush tells, by its TaskID, with type
// PushAllMemberPush of package [github.com/go-tencentchat/tencentchat/callback]. [Client.Statistics], [Client.Losses]
// and [Client.Trace] count it, and those that begin with Normal the pushes of ordinary messages, which are sent by
// package [github.com/go-tencentchat/tencentchat/message].
//
// # Two generations
//
// [Client] is the push service, which apps buy by itself. [AllMemberClient] is the older generation, a feature of the
// largest plan of Chat; an app that has bought that and not the push service gets [restapi.CodePushNotEnabled] from
// the newer commands. Its methods have the same names, so that a program moves over by the constructor. It has none for
// listed users, for taking back and for counting, and its calls for several users say nothing of each.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - all_member_push/im_add_tag: [AllMemberClient.AddTags]
//   - all_member_push/im_get_attr: [AllMemberClient.GetAttrs]
//   - all_member_push/im_get_attr_name: [AllMemberClient.GetAttrNames]
//   - all_member_push/im_get_tag: [AllMemberClient.GetTags]
//   - all_member_push/im_push: [AllMemberClient.Push]
//   - all_member_push/im_remove_all_tags: [AllMemberClient.ClearAllTags]
//   - all_member_push/im_remove_attr: [AllMemberClient.RemoveAttrs]
//   - all_member_push/im_remove_tag: [AllMemberClient.RemoveTags]
//   - all_member_push/im_set_attr: [AllMemberClient.SetAttrs]
//   - all_member_push/im_set_attr_name: [AllMemberClient.SetAttrNames]
//   - timpush/add_sched_task: [Client.AddScheduledTask]
//   - timpush/add_tag: [Client.AddTags]
//   - timpush/all_member_push_loss: [Client.Losses]
//   - timpush/all_member_push_statistics: [Client.Statistics]
//   - timpush/all_member_push_trace: [Client.Trace]
//   - timpush/batch: [Client.PushTo]
//   - timpush/clear_all_tags: [Client.ClearAllTags]
//   - timpush/delete_sched_task: [Client.DeleteScheduledTask]
//   - timpush/get_attr: [Client.GetAttrs]
//   - timpush/get_attr_name: [Client.GetAttrNames]
//   - timpush/get_sched_task: [Client.ScheduledTask]
//   - timpush/get_tag: [Client.GetTags]
//   - timpush/list_sched_task: [Client.ScheduledTasks], [Client.ScheduledTaskPage]
//   - timpush/modify_sched_task: [Client.ModifyScheduledTask]
//   - timpush/normal_push_loss: [Client.NormalLosses]
//   - timpush/normal_push_statistics: [Client.NormalStatistics]
//   - timpush/normal_push_trace: [Client.NormalTrace]
//   - timpush/push: [Client.Push]
//   - timpush/remove_attr: [Client.RemoveAttrs]
//   - timpush/remove_tag: [Client.RemoveTags]
//   - timpush/revoke: [Client.Revoke]
//   - timpush/set_attr: [Client.SetAttrs]
//   - timpush/set_attr_name: [Client.SetAttrNames]
//
// # Retries
//
// Nothing is pushed twice. A push to a condition is not repeated after a failure that leaves its outcome open, and one
// to listed users only within the second in which the service drops a repeat, which it knows by the MsgRandom that is
// drawn before the first attempt. [Pushed] has it, with an error too. A task is not made twice either. All else can be
// repeated at any time.
//
// # Errors
//
// What the documentation rules out never reaches the network: a condition without anything, with both tags and
// attributes or with over 10 tags in a list, a user ID that is empty or too long (36 bytes, which a RegistrationID has;
// 32 with AllMemberClient), a list that is empty or too long, tags, names and values of attributes over 50 bytes, a
// message that cannot be pushed ([message.Message.CheckFor]). The error is a [*restapi.ArgumentError], which is
// [restapi.ErrInvalidArgument] and names the field. A list of user IDs may name one twice: it is sent once and answered
// twice. A list of users with their tags or attributes may not.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodePushDailyLimit], or classes such as [restapi.ErrRateLimited].
//
// Calls for several users can succeed for some and fail for others, and the service answers those with success. Every
// result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package: it keeps tags and attributes, shows pushes on the devices of those who are meant, sends the webhooks,
// and lets scheduled tasks go out by its clock. The example of this package runs against it. A fake of the program's
// own makes failed results with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60561
package push

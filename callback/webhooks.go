// # Webhooks
//
// Every webhook that the vendor documents has a type here: its command, the type, when it comes, and the vendor's page.
// One that comes before something is registered with [Answer], one that comes after it with [On].
//
//   - Alert.RequestOverLimit: [AlertRequestOverLimit], after a command of the REST API came near its rate limit,
//     https://www.tencentcloud.com/document/product/1047/60256
//   - Bot.OnC2CMessage: [BotOnC2CMessage], after a one-to-one message was sent to a chatbot,
//     https://www.tencentcloud.com/document/product/1047/68952
//   - Bot.OnGroupMessage: [BotOnGroupMessage], after a chatbot was mentioned in a group,
//     https://www.tencentcloud.com/document/product/1047/68953
//   - C2C.CallbackAfterC2CMsgExtension: [C2CAfterC2CMsgExtension], after the extension of a one-to-one message changed,
//     https://www.tencentcloud.com/document/product/1047/76006
//   - C2C.CallbackAfterModifyMsg: [C2CAfterModifyMsg], after a one-to-one message was edited,
//     https://cloud.tencent.com/document/product/269/128224
//   - C2C.CallbackAfterMsgReadAll: [C2CAfterMsgReadAll], after a user marked all conversations read,
//     https://cloud.tencent.com/document/product/269/128225
//   - C2C.CallbackAfterMsgReadReceipt: [C2CAfterMsgReadReceipt],
//     after the receiver of one-to-one messages confirmed reading them,
//     https://cloud.tencent.com/document/product/269/128223
//   - C2C.CallbackAfterMsgReport: [C2CAfterMsgReport], after a user marked a conversation read,
//     https://www.tencentcloud.com/document/product/1047/43465
//   - C2C.CallbackAfterMsgWithDraw: [C2CAfterMsgWithDraw], after a one-to-one message was recalled,
//     https://www.tencentcloud.com/document/product/1047/43466
//   - C2C.CallbackAfterSendMsg: [C2CAfterSendMsg], after a one-to-one message was sent,
//     https://www.tencentcloud.com/document/product/1047/34365
//   - C2C.CallbackBeforeSendMsg: [C2CBeforeSendMsg], before a one-to-one message is sent,
//     https://www.tencentcloud.com/document/product/1047/34364
//   - Call.CallbackAfterEndCall: [CallAfterEndCall], after a call ended,
//     https://www.tencentcloud.com/document/product/647/68940
//   - Call.CallbackAfterMemberChanged: [CallAfterMemberChanged], after the members of a call changed,
//     https://www.tencentcloud.com/document/product/647/69215
//   - Call.CallbackAfterStartCall: [CallAfterStartCall], after a call began,
//     https://www.tencentcloud.com/document/product/647/68941
//   - Chatbot.OnC2CSignalMessage: [ChatbotOnC2CSignalMessage], after a pass-through message was sent to a chatbot,
//     https://www.tencentcloud.com/document/product/1047/59057
//   - ContentCallback.ResultNotify: [ContentResultNotify], after moderation checked a message, a profile or a group,
//     https://www.tencentcloud.com/document/product/1047/78240
//   - Follow.CallbackAfterFollowAdd: [FollowAfterFollowAdd], after a user followed others,
//     https://www.tencentcloud.com/document/product/1047/70355
//   - Follow.CallbackAfterFollowDelete: [FollowAfterFollowDelete], after a user unfollowed others,
//     https://www.tencentcloud.com/document/product/1047/70356
//   - Group.CallbackAfterChangeGroupOwner: [GroupAfterChangeGroupOwner], after a group got another owner,
//     https://www.tencentcloud.com/document/product/1047/60396
//   - Group.CallbackAfterCreateGroup: [GroupAfterCreateGroup], after a group was created,
//     https://www.tencentcloud.com/document/product/1047/34369
//   - Group.CallbackAfterCreateTopic: [GroupAfterCreateTopic], after a topic was created,
//     https://www.tencentcloud.com/document/product/1047/49464
//   - Group.CallbackAfterGroupAttrChanged: [GroupAfterGroupAttrChanged], after the attributes of a group changed,
//     https://www.tencentcloud.com/document/product/1047/60394
//   - Group.CallbackAfterGroupDestroyed: [GroupAfterGroupDestroyed], after a group was dissolved,
//     https://www.tencentcloud.com/document/product/1047/34377
//   - Group.CallbackAfterGroupFull: [GroupAfterGroupFull], after a group was full,
//     https://www.tencentcloud.com/document/product/1047/34376
//   - Group.CallbackAfterGroupInfoChanged: [GroupAfterGroupInfoChanged],
//     after a group's name, picture or texts changed,
//     https://www.tencentcloud.com/document/product/1047/34378
//   - Group.CallbackAfterGroupMsgExtension: [GroupAfterGroupMsgExtension],
//     after the extension of a group message changed,
//     https://www.tencentcloud.com/document/product/1047/76007
//   - Group.CallbackAfterMemberExit: [GroupAfterMemberExit], after members left a group,
//     https://www.tencentcloud.com/document/product/1047/34373
//   - Group.CallbackAfterMemberFieldChanged: [GroupAfterMemberFieldChanged], after a member's data in a group changed,
//     https://www.tencentcloud.com/document/product/1047/60393
//   - Group.CallbackAfterModifyMsg: [GroupAfterModifyMsg], after a group message was edited,
//     https://cloud.tencent.com/document/product/269/129193
//   - Group.CallbackAfterNewMemberJoin: [GroupAfterNewMemberJoin], after members joined a group,
//     https://www.tencentcloud.com/document/product/1047/34372
//   - Group.CallbackAfterReadReceipt: [GroupAfterReadReceipt], after members confirmed reading group messages,
//     https://www.tencentcloud.com/document/product/1047/60395
//   - Group.CallbackAfterRecallMsg: [GroupAfterRecallMsg], after group messages were recalled,
//     https://www.tencentcloud.com/document/product/1047/46979
//   - Group.CallbackAfterSendMsg: [GroupAfterSendMsg], after a group message was sent,
//     https://www.tencentcloud.com/document/product/1047/34375
//   - Group.CallbackAfterTopicDestroyed: [GroupAfterTopicDestroyed], after topics were deleted,
//     https://www.tencentcloud.com/document/product/1047/49465
//   - Group.CallbackAfterTopicInfoChanged: [GroupAfterTopicInfoChanged],
//     after a topic's name, picture or texts changed,
//     https://www.tencentcloud.com/document/product/1047/49466
//   - Group.CallbackBeforeApplyJoinGroup: [GroupBeforeApplyJoinGroup], before a user applies to join a group,
//     https://www.tencentcloud.com/document/product/1047/34370
//   - Group.CallbackBeforeCreateGroup: [GroupBeforeCreateGroup], before a group is created,
//     https://www.tencentcloud.com/document/product/1047/34368
//   - Group.CallbackBeforeCreateTopic: [GroupBeforeCreateTopic], before a topic is created,
//     https://www.tencentcloud.com/document/product/1047/49463
//   - Group.CallbackBeforeInviteJoinGroup: [GroupBeforeInviteJoinGroup], before users are added to a group,
//     https://www.tencentcloud.com/document/product/1047/34371
//   - Group.CallbackBeforeSendMsg: [GroupBeforeSendMsg], before a group message is sent,
//     https://www.tencentcloud.com/document/product/1047/34374
//   - Group.CallbackOnDailyGroupQuotaAlarm: [GroupOnDailyGroupQuotaAlarm],
//     after the day's new groups came near their limit,
//     https://www.tencentcloud.com/document/product/1047/57455
//   - Group.CallbackOnMemberStateChange: [GroupOnMemberStateChange],
//     after members of an audio-video group went on or off line,
//     https://www.tencentcloud.com/document/product/1047/48734
//   - Group.CallbackSendMsgException: [GroupSendMsgException], after a group message could not be sent,
//     https://www.tencentcloud.com/document/product/1047/49462
//   - OfficialAccount.CallbackAfterAddSubscriber: [OfficialAccountAfterAddSubscriber],
//     after users subscribed to an official account,
//     https://www.tencentcloud.com/document/product/1047/60800
//   - OfficialAccount.CallbackAfterCreateOfficialAccount: [OfficialAccountAfterCreateOfficialAccount],
//     after an official account was created,
//     https://www.tencentcloud.com/document/product/1047/60796
//   - OfficialAccount.CallbackAfterDeleteSubscriber: [OfficialAccountAfterDeleteSubscriber],
//     after users unsubscribed from an official account,
//     https://www.tencentcloud.com/document/product/1047/60802
//   - OfficialAccount.CallbackAfterMsgWithDraw: [OfficialAccountAfterMsgWithDraw],
//     after messages of an official account were recalled,
//     https://www.tencentcloud.com/document/product/1047/60805
//   - OfficialAccount.CallbackAfterOfficialAccountDestroyed: [OfficialAccountAfterOfficialAccountDestroyed],
//     after an official account was destroyed,
//     https://www.tencentcloud.com/document/product/1047/60798
//   - OfficialAccount.CallbackAfterOfficialAccountFull: [OfficialAccountAfterOfficialAccountFull],
//     after an official account was full,
//     https://www.tencentcloud.com/document/product/1047/60801
//   - OfficialAccount.CallbackAfterOfficialAccountInfoChanged: [OfficialAccountAfterOfficialAccountInfoChanged],
//     after an official account's profile changed,
//     https://www.tencentcloud.com/document/product/1047/60797
//   - OfficialAccount.CallbackAfterSendMsg: [OfficialAccountAfterSendMsg], after an official account sent a message,
//     https://www.tencentcloud.com/document/product/1047/60804
//   - OfficialAccount.CallbackBeforeAddSubscriber: [OfficialAccountBeforeAddSubscriber],
//     before users subscribe to an official account,
//     https://www.tencentcloud.com/document/product/1047/60799
//   - OfficialAccount.CallbackBeforeCreateOfficialAccount: [OfficialAccountBeforeCreateOfficialAccount],
//     before an official account is created,
//     https://www.tencentcloud.com/document/product/1047/60795
//   - OfficialAccount.CallbackBeforeSendMsg: [OfficialAccountBeforeSendMsg],
//     before an official account sends a message,
//     https://www.tencentcloud.com/document/product/1047/60803
//   - Profile.CallbackPortraitSet: [ProfilePortraitSet], after a user's profile changed,
//     https://www.tencentcloud.com/document/product/1047/48733
//   - Push.AllMemberPush: [PushAllMemberPush],
//     after a push to all users, a tag or listed users was sent, delivered or clicked,
//     https://www.tencentcloud.com/document/product/1047/67551
//   - Push.OfflinePush: [PushOfflinePush], after the offline push of a message was sent, delivered or clicked,
//     https://www.tencentcloud.com/document/product/1047/67552
//   - Sns.CallbackBlackListAdd: [SnsBlackListAdd], after users were blocked,
//     https://www.tencentcloud.com/document/product/1047/34361
//   - Sns.CallbackBlackListDelete: [SnsBlackListDelete], after users were unblocked,
//     https://www.tencentcloud.com/document/product/1047/34362
//   - Sns.CallbackFriendAdd: [SnsFriendAdd], after friends were added,
//     https://www.tencentcloud.com/document/product/1047/34359
//   - Sns.CallbackFriendDelete: [SnsFriendDelete], after friends were deleted,
//     https://www.tencentcloud.com/document/product/1047/34360
//   - Sns.CallbackPrevFriendAdd: [SnsPrevFriendAdd], before a friend is added,
//     https://www.tencentcloud.com/document/product/1047/43468
//   - Sns.CallbackPrevFriendResponse: [SnsPrevFriendResponse], before a friend request is answered,
//     https://www.tencentcloud.com/document/product/1047/43467
//   - State.StateChange: [StateChange], after a user's connection came up or went down, or a custom status was set,
//     https://www.tencentcloud.com/document/product/1047/34357
package callback

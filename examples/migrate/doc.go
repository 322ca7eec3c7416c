// Command migrate moves an old chat over to Tencent Chat: accounts with their profiles, friends, blocklists, follows,
// groups, topics, members, and the messages of groups and between two users, at the rates that the service takes.
//
//	migrate -sdkappid 1400000001 -region sgp old-chat
//
// # Input
//
// A folder of .jsonl files in the format of the local server's snapshots, or one such file: JSON Lines, one thing a
// line, with its kind first and fields that are named as on the wire. How the lines are spread over files does not
// matter, nor do the names of the files; the lines of one kind are taken by the names of the files and in their order.
// A header is not needed.
//
//	{"kind":"user","UserID":"mira","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Mira"}]}
//	{"kind":"friend","From_Account":"mira","To_Account":"ozan","ValueItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Oz"}]}
//	{"kind":"blocked","From_Account":"mira","To_Account":"zoe"}
//	{"kind":"follow","From_Account":"mira","To_Account":"ozan"}
//	{"kind":"group","GroupId":"harbor","Type":"Public","Name":"Harbor","Owner_Account":"mira","CreateTime":1700000000}
//	{"kind":"groupmember","GroupId":"harbor","Member_Account":"ozan","Role":"Admin","JoinTime":1700000100,"UnreadMsgNum":2}
//	{"kind":"groupmessage","GroupId":"harbor","From_Account":"mira","MsgTimeStamp":1700000200,"MsgBody":[…]}
//	{"kind":"message","From_Account":"mira","To_Account":"ozan","MsgTimeStamp":1700000300,"MsgBody":[…]}
//
// A group needs its CreateTime. The messages of a group stand in the order of their time. The service takes one only
// when its second is after that of the one before: messages of one second are moved to the seconds that follow, and
// counted. What a member has not read is UnreadMsgNum, or is counted from MsgSeq, the number of the message that the
// member has read last, as snapshots have it; where the messages of the group have no MsgSeq all is read. MsgSeq,
// MsgRandom and Random of messages can be left out: what is needed is drawn from the name of the file and the number of
// the line.
//
// What the service cannot take is left behind, and said with its number at the end: an AVChatRoom, messages that were
// recalled or were for some members alone, kinds such as settings and official, fields such as the CloudCustomData of
// messages to groups or the time of a block. One-to-one messages come as read; -unread imports those that are unread as
// such, which devices that are signed in show as new. Who is blocked is a friend no more, unless a setting in the
// console keeps them.
//
// # Order
//
// Accounts; friends, blocklists and follows; groups and topics; the messages of groups, which take all unread counts to
// 0; their members with the unread counts; one-to-one messages. One kind is complete before the next begins. Lines
// about one user, group or pair are sent in their order, a call at a time, and many of them side by side: a file that
// is sorted by group has one group at a time, one that is sorted by time has the full rate.
//
// No line is kept in memory longer than its call takes; the IDs of users, friends and groups are. For the comparison at
// the end up to 50,000 messages of the last days are, without their bodies.
//
// # What failed, and going on
//
// Lines that fail are written to the failures file, old-chat.failures.jsonl beside old-chat unless -failures names
// another: as they were read, with the reason in a last field, error, which is ignored on reading. So the file can be
// mended and fed back in: its header says that what its lines name need not be in it. Where a group, or the newest
// message of a call, could not be imported, what comes after it in that group is held back and is in the file too,
// since it could not come in later. A line that cannot be read at all is only reported.
//
// Each line that the service took is noted in the done log, which has the name of the failures file with .done behind
// it. With -resume the same command goes on: lines in the done log are skipped, the others are imported, and the
// failures file is written anew. That holds after a kill at any moment, too: the calls that were under way then are
// made again. The service makes no second account, friend, member or one-to-one message of them. A group that is there
// is compared with its line. Messages to groups are known by their Random for five minutes; later they are refused for
// their time, and looked up in the history. Where that does not reach back to them they are counted as there already or
// refused. Lines that failed can be mended in their place; -resume is refused where lines have changed that are done,
// or moved.
//
// The done log is locked for as long as an import runs: a second one with the same files is refused. It is removed when
// all is done.
//
// The first interrupt lets the calls under way finish, notes them, and says how many lines are done; the second ends
// the program at once.
//
// -dry-run checks the whole input and prints every bad line with its file and number: what cannot be read, what names a
// user or a group that no line has, what the SDK would refuse. It sends nothing and needs no app.
//
// # Comparison
//
// At the end what is done is read back: accounts, friends, blocklists, follows, groups, topics and members with their
// roles, and messages of the last seven days from the history. Older messages are those that the service has
// acknowledged. Lines that differ are named.
//
// # Exit status
//
//	0  every line is imported and was read back, or found good by -dry-run
//	1  the input was gone through, some lines failed or differ
//	2  nothing was done: the flags, the environment or the files do not fit, or another import has the files
//	3  stopped before the end of the input; -resume goes on
//
// # Settings
//
// The secret key comes from the environment alone, TENCENT_CHAT_SECRET_KEY, since flags are visible to every user of a
// machine. The other settings are flags whose defaults come from the environment: see -help.
package main

// Command bulkprofile sets the profiles of many users from a file, at the full rate that the service takes.
//
//	bulkprofile -sdkappid 1400000001 -region sgp users.csv
//
// With -import it imports their accounts first, where they are not there yet.
//
// # Input
//
// A CSV file with a header, or JSON Lines: one object a line. Which it is shows in the first byte. "-" is the standard
// input.
//
//	user_id,nick,gender,birthday,custom:Vip
//	leckie,Leckie,female,19940817,1
//
//	{"user_id": "leckie", "nick": "Leckie", "gender": "female", "birthday": 19940817, "custom:Vip": "1"}
//
// The fields are nick, gender, birthday, location, signature, allow_type, language, avatar_url, message_settings,
// admin_forbid, level and role; custom:Vip is the custom field Vip, and a field newer than this program is named by its
// tag, as in Tag_Profile_IM_Badge. gender is unknown, female or male; allow_type is need_confirm, allow_any or
// deny_any; admin_forbid is none or send_out; the vendor's own words serve too. A field that is absent, null or, in
// CSV, empty stays as it is. JSON Lines can also set a text to "", and a custom field to a number.
//
// A user may have one row. Another row of the same user fails: which of the two should win cannot be known once one
// of them has to be tried again. For that the user IDs are kept in memory, with some 140 bytes a row.
//
// # Accounts
//
// A profile belongs to an account. A row whose account is not imported fails, unless -import is given: then the
// accounts of the rows are imported before their profiles are set, a hundred with one call and a hundred rows ahead,
// which takes nothing from the rate of the profiles. An account that is there stays as it is. One that cannot be
// imported is the failure of its row, whose profile is not set then; where the call itself fails that goes for all rows
// in it. A row that is bad in itself costs no account.
//
// # What failed, and going on
//
// Rows that fail are written to the failures file, users.failures.csv beside users.csv unless -failures names another:
// in the format of the input, with the reason in a last field, error, which is ignored on reading. So it can be mended
// and fed back in. The reason names fields and values as the input does. A line that cannot be read at all is only
// reported, with its number.
//
// Each row that was set is noted in the done log, which has the name of the failures file with .done behind it: the
// user ID and a digest of the fields. It is written as soon as the service has answered. With -resume the same command
// goes on: rows in the done log are skipped, all others are set, and the failures file is written anew. That holds
// after a kill as well; the few calls that were under way then are made again, which changes nothing. A row that was
// mended since has another digest and is set. When every row is set the done log is removed. Without -resume the
// command refuses to start where an earlier import has left a done log or a failures file.
//
// The done log is locked for as long as an import runs, and free as soon as it has ended, by a kill as well. A second
// import that would write the same files is refused, with -resume and without.
//
// The first interrupt lets the calls under way finish, notes them, and says how many rows are done; the second ends the
// program at once.
//
// -dry-run checks the whole input, prints every bad row with its line number, and sends nothing. It needs no app.
//
// Where the app's rate is used up by others the import waits and goes on; -share leaves them a part of it from the
// start.
//
// The import stops by itself when the service does not accept the app's credentials, and after -stop-after rows in a
// row that the service did not take.
//
// # Exit status
//
//	0  every row is set, or found good by -dry-run
//	1  the input was gone through, some rows failed
//	2  nothing was done: the flags, the environment or the files do not fit, or another import has the files
//	3  stopped before the end of the input; -resume goes on
//
// # Settings
//
// The secret key comes from the environment alone, TENCENT_CHAT_SECRET_KEY, since flags are visible to every user of a
// machine. The other settings are flags whose defaults come from the environment: see -help.
package main

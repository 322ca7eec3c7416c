package message

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxBadgeAdd     = 99
	maxBadgeSet     = 999
	maxLaIDBytes    = 64
	maxSoundSeconds = 60
)

// CheckFor refuses settings of a push that the documentation rules out, with a *restapi.ArgumentError that names the
// field, as [Message.CheckFor] does. nil is none.
func (i *OfflinePushInfo) CheckFor(cmd restapi.Command) error {
	if i == nil {
		return nil
	}
	const prefix = "OfflinePushInfo"
	if field, reason := invalidText("Title", i.Title, "Desc", i.Desc, "Ext", i.Ext); reason != "" {
		return check.Argument(cmd, prefix+field, "%s", reason)
	}
	for n, content := range i.MultiLanguageContent {
		if field, reason := invalidText("Title", content.Title, "Desc", content.Desc); reason != "" {
			return check.Argument(cmd, prefix+".MultiLanguageContent["+strconv.Itoa(n)+"]"+field, "%s", reason)
		}
	}
	if i.BadgeAddNum < 0 || i.BadgeAddNum > maxBadgeAdd {
		return check.Argument(cmd, prefix+".BadgeAddNum", "is %d, not 1 to %d", i.BadgeAddNum, maxBadgeAdd)
	}
	if n := i.BadgeSetNum.Or(0); n < 0 || n > maxBadgeSet {
		return check.Argument(cmd, prefix+".BadgeSetNum", "is %d, not 0 to %d", n, maxBadgeSet)
	}
	if i.ApnsInfo != nil && i.ApnsInfo.LiveActivity != nil {
		if err := i.ApnsInfo.LiveActivity.check(cmd, prefix+".ApnsInfo.LiveActivity."); err != nil {
			return err
		}
	}
	if i.HarmonyInfo != nil {
		return i.HarmonyInfo.check(cmd, prefix+".HarmonyInfo.")
	}
	return nil
}

func (a *LiveActivity) check(cmd restapi.Command, prefix string) error {
	var object map[string]json.RawMessage
	switch {
	case a.LaID == "":
		return check.Argument(cmd, prefix+"LaId", "is empty")
	case a.Event == "":
		return check.Argument(cmd, prefix+"Event", "is empty")
	case json.Unmarshal(a.ContentState, &object) != nil || object == nil:
		return check.Argument(cmd, prefix+"ContentState", "is not a JSON object")
	}
	if err := check.Text(cmd, prefix+"LaId", a.LaID, maxLaIDBytes); err != nil {
		return err
	}
	return check.Moment(cmd, prefix+"DismissalDate", a.DismissalDate)
}

func (i *HarmonyInfo) check(cmd restapi.Command, prefix string) error {
	switch d := i.SoundDuration; {
	case d == 0:
		return nil
	case d < time.Second || d > maxSoundSeconds*time.Second || d%time.Second != 0:
		return check.Argument(cmd, prefix+"SoundDuration", "is %s, not 1 to %d whole seconds", d, maxSoundSeconds)
	case i.Sound == "":
		return check.Argument(cmd, prefix+"SoundDuration", "has no Sound that it is of")
	}
	return nil
}

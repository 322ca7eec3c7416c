package conform

import (
	"encoding/json"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// PushInfo returns settings of a push with every field, for the rows of commands that carry them.
func PushInfo() *message.OfflinePushInfo {
	return &message.OfflinePushInfo{
		PushFlag: message.NoPush, Title: "Title", Desc: "Desc", Ext: "Ext",
		MultiLanguageContent: []message.LanguageContent{{Language: "Language", Title: "Title", Desc: "Desc"}},
		BadgeAddNum:          2, BadgeSetNum: restapi.Some(5),
		PushTemplateID: "PushTemplateId", PushTemplateParam: map[string]string{"UserName": "Ana"},
		AndroidInfo: &message.AndroidInfo{
			Sound: "Sound", PushStyle: 1, HuaWeiChannelID: "HuaWeiChannelID", HuaWeiImportance: "HuaWeiImportance",
			HuaWeiCategory: "HuaWeiCategory", HuaWeiImage: "HuaWeiImage", ExtAsHuaweiIntentParam: true,
			HonorImage: "HonorImage", HonorImportance: "HonorImportance", XiaoMiChannelID: "XiaoMiChannelID",
			OPPOChannelID: "OPPOChannelID", OPPOCategory: "OPPOCategory", OPPONotifyLevel: 16,
			OPPOPrivateMsgTemplateID:     "OPPOPrivateMsgTemplateId",
			OPPOPrivateTitleParameters:   map[string]string{"city": "Bern"},
			OPPOPrivateContentParameters: map[string]string{"user": "Tom"},
			VIVOClassification:           restapi.Some(1), VIVOCategory: "VIVOCategory", VIVONotifyType: "VIVONotifyType",
			GoogleChannelID: "GoogleChannelID", GoogleImage: "GoogleImage", GooglePriority: "GooglePriority",
			MeiZuNoticeMsgType: restapi.Some(1),
		},
		ApnsInfo: &message.ApnsInfo{
			Sound: "Sound", BadgeMode: restapi.Some(1), Title: "Title", SubTitle: "SubTitle", Image: "Image",
			MutableContent: true, InterruptionLevel: "InterruptionLevel", ContentAvailable: true, IsVoipPush: true,
			LiveActivity: &message.LiveActivity{
				LaID: "LaId", Event: "Event", ContentState: json.RawMessage(`{"home":2}`),
				DismissalDate: time.Unix(1739502750, 0),
			},
		},
		HarmonyInfo: &message.HarmonyInfo{
			Title: "Title", Category: "Category", Image: "Image", Sound: "Sound", SoundDuration: 20 * time.Second,
		},
	}
}

package moderation_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/moderation"
)

// A word of the wire has a capital letter; what is said about it has none.
var word = regexp.MustCompile(`\b[A-Z]\w+`)

func wordsOf(t *testing.T, fields []spec.Field, path string) []string {
	t.Helper()
	for _, field := range fields {
		if field.Path == path {
			return word.FindAllString(field.About, -1)
		}
	}
	require.Fail(t, "not documented", path)
	return nil
}

func texts[S ~string](words ...S) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = string(word)
	}
	return list
}

func TestWordsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	call, err := spec.LookupCommand("v4/im_msg_audit/content_moderation")
	require.NoError(t, err)
	webhook, err := spec.LookupWebhook("ContentCallback.ResultNotify")
	require.NoError(t, err)
	both := texts(moderation.C2C, moderation.Group, moderation.GroupInfo, moderation.GroupMemberInfo,
		moderation.RelationChain, moderation.UserInfo)
	assert.ElementsMatch(t, wordsOf(t, call.Request, "AuditName"), both)
	assert.ElementsMatch(t, wordsOf(t, webhook.Request, "Scene"),
		append(both, texts(moderation.C2CCustom, moderation.GroupCustom)...))

	types := texts(moderation.Text, moderation.Image, moderation.Audio, moderation.Video)
	assert.ElementsMatch(t, wordsOf(t, call.Request, "ContentType"), types)
	assert.ElementsMatch(t, wordsOf(t, webhook.Request, "ContentType"), types)

	labels := texts(moderation.LabelNormal, moderation.LabelIllegal, moderation.LabelAbuse, moderation.LabelPolity,
		moderation.LabelAd, moderation.LabelPorn, moderation.LabelSexy, moderation.LabelTerror, moderation.LabelComposite)
	assert.ElementsMatch(t, wordsOf(t, call.Response, "Label"), labels)
	assert.ElementsMatch(t, wordsOf(t, webhook.Request, "CtxcbLabel"), labels)
}

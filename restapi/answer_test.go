package restapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// decodeTwice reads an answer as the client does, in the plainest way: first the fields that all answers have, then the
// whole.
func decodeTwice(data []byte, resp any, sig string) *restapi.Error {
	var common struct {
		ErrorCode    plainCode `json:"ErrorCode"`
		ErrorInfo    string    `json:"ErrorInfo"`
		ErrorDisplay string    `json:"ErrorDisplay"`
		RequestID    string    `json:"RequestId"`
	}
	if err := json.Unmarshal(data, &common); err != nil {
		if _, wrongType := errors.AsType[*json.UnmarshalTypeError](err); !wrongType || !common.ErrorCode.given {
			return &restapi.Error{Err: fmt.Errorf("%w: %w", restapi.ErrBadResponse, err)}
		}
	}
	switch code := common.ErrorCode; {
	case !code.given:
		return &restapi.Error{Err: fmt.Errorf("%w: it has no ErrorCode", restapi.ErrBadResponse)}
	case code.unreadable:
		return &restapi.Error{Err: fmt.Errorf("%w: its ErrorCode is not a whole number", restapi.ErrBadResponse)}
	case code.value != 0:
		return &restapi.Error{
			Code: code.value, Info: common.ErrorInfo, Display: common.ErrorDisplay, RequestID: common.RequestID,
		}
	case resp == nil:
		return nil
	}
	if err := wire.Unmarshal(restapi.RedactInfos(data, sig), resp); err != nil {
		return &restapi.Error{
			RequestID: common.RequestID,
			Err:       fmt.Errorf("the call succeeded, but its answer cannot be decoded: %w: %w", restapi.ErrBadResponse, err),
		}
	}
	return nil
}

type plainCode struct {
	value             restapi.Code
	given, unreadable bool
}

func (c *plainCode) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	n, err := wire.Int(data)
	value := restapi.Code(n)
	*c = plainCode{value: value, given: true, unreadable: err != nil || int64(value) != n || string(data) == `""`}
	return nil //nolint:nilerr // unreadable keeps it
}

// requireDecodedAlike reads an answer in both ways, into every kind of Resp.
func requireDecodedAlike(t *testing.T, data []byte, sig string) {
	t.Helper()
	for _, resp := range []func() any{
		func() any { return nil },
		func() any { return new(any) },
		func() any { return new(fuzzedAnswer) },
		func() any { return fuzzedAnswer{} }, // which nothing can be read into
	} {
		want, got := resp(), resp()
		wantErr, gotErr := decodeTwice(data, want, sig), restapi.Decoder(sig)(data, got)
		require.Equal(t, want, got, "%q", data)
		if wantErr == nil {
			require.Nil(t, gotErr, "%q", data)
			continue
		}
		require.NotNil(t, gotErr, "%q", data)
		text := strings.ReplaceAll(wantErr.Error(), "restapi_test.plainCode", "restapi.errorCode")
		require.Equal(t, text, gotErr.Error(), "%q", data)
		require.Equal(t, errors.Is(wantErr, restapi.ErrBadResponse), errors.Is(gotErr, restapi.ErrBadResponse), "%q", data)
		gotErr.Err = wantErr.Err
		require.Equal(t, wantErr, gotErr, "%q", data)
	}
}

const anySig = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwoZmJoYGlqYQqRSotJGZoQFMpDgDosHYAKzeFACVvhOR"

// What an answer's one decoding must read as two did: which ErrorCode counts, what is valid, what is hidden.
func TestAnswerIsDecodedAlike(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"success":                      answerOK,
		"failure":                      `{"ErrorCode":40006,"ErrorInfo":"busy","ErrorDisplay":"later","RequestId":"r"}`,
		"last of two, 0":               `{"ErrorCode":40006,"ErrorInfo":"busy","ErrorCode":0}`,
		"last of two, not 0":           `{"ErrorCode":0,"ErrorInfo":"busy","ErrorCode":40006}`,
		"last of two, null":            `{"ErrorCode":0,"ErrorCode":null}`,
		"last of two, null after 1":    `{"ErrorCode":1,"ErrorCode":null}`,
		"last of two, unreadable":      `{"ErrorCode":0,"ErrorCode":{}}`,
		"other letters":                `{"errorcode":0}`,
		"other letters, last":          `{"ErrorCode":0,"ERRORCODE":5}`,
		"escaped key":                  `{"\u0045rrorCode":0}`,
		"escaped key, last":            `{"ErrorCode":0,"Error\u0043ode":5}`,
		"further in":                   `{"Item":{"ErrorCode":0}}`,
		"further in, another":          `{"ErrorCode":5,"Item":{"ErrorCode":0}}`,
		"quoted":                       `{"ErrorCode":"0","A":1}`,
		"fraction":                     `{"ErrorCode":0.0}`,
		"minus":                        `{"ErrorCode":-0}`,
		"spaces":                       " {\t\"ErrorCode\" :\n0 } ",
		"leading zero":                 `{"ErrorCode":00}`,
		"cut after the code":           `{"ErrorCode":0`,
		"cut behind the code":          `{"RequestId":"r","ErrorCode":0,"A`,
		"comma at the end":             `{"ErrorCode":0,}`,
		"something behind":             answerOK + "x",
		"invalid further in":           `{"ErrorCode":0,"List":[tru]}`,
		"control character in a text":  "{\"ErrorCode\":0,\"ErrorInfo\":\"\n\"}",
		"not UTF-8":                    "{\"ErrorCode\":0,\"\xff\":\"\\ud800\"}",
		"nested as deep as can be":     `{"ErrorCode":0,"X":` + strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999) + `}`,
		"nested too deep":              `{"ErrorCode":0,"X":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`,
		"other type":                   `{"ErrorCode":0,"A":"x","RequestId":"r"}`,
		"other type, no request ID":    `{"ErrorCode":0,"A":"x","RequestId":5}`,
		"number in quotes":             `{"ErrorCode":0,"A":"5"}`,
		"other type of a common field": `{"ErrorInfo":5,"ErrorCode":0}`,
		"hidden":                       `{"ErrorCode":0,"ErrorInfo":"` + anySig + `"}`,
		"hidden, cut":                  `{"ErrorCode":0,"ErrorInfo":"` + anySig + `"`,
		"hidden, with what is invalid": `{"ErrorCode":0,"ErrorInfo":"` + anySig[:40] + "\n" + anySig[40:] + `"}`,
		"hidden, with a bad escape":    `{"ErrorCode":0,"ErrorInfo":"` + anySig[:40] + `\x` + anySig[40:] + `"}`,
		"array":                        `[{"ErrorCode":0}]`,
		"nothing":                      ``,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireDecodedAlike(t, []byte(data), anySig)
		})
	}
}

// What is read of an answer costs no allocation beyond those of encoding/json.
func TestAnswerIsDecodedOnce(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates too")
	}
	data := []byte(`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","A":5,"List":[{"a":1},{"b":2}],"Item":{"Tag":"t","Value":"v"}}`)
	decode := restapi.Decoder(anySig)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = decode(data, nil) }))
	var v fuzzedAnswer
	floor := testing.AllocsPerRun(100, func() { _ = json.Unmarshal(data, &v) })
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { _ = decode(data, &v) }), floor)
}

package callback_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// spellings are what is read as 7 where the vendor documents an integer, and what is read as 0.
var spellings = map[string][]string{
	"7": {`"7"`, `7.0`, `0.7e1`, `70e-1`, `"7.0"`},
	"0": {`""`, `"0"`, `0.0`, `-0`},
}

func TestSpecIntegersInEverySpelling(t *testing.T) {
	t.Parallel()
	fields := 0
	for _, w := range webhooks(t) {
		for _, field := range w.Request {
			switch {
			case field.Type == "int", field.Type == "uint", field.Path == "EventTime":
			default:
				continue
			}
			fields++
			for plain, odd := range spellings {
				want, err := callback.Decode(w.Command, []byte(bodyWith(field.Path, plain)))
				require.NoError(t, err)
				for _, spelled := range odd {
					body := bodyWith(field.Path, spelled)
					got, err := callback.Decode(w.Command, []byte(body))
					if !assert.NoError(t, err, body) {
						continue
					}
					assert.Equal(t, body, string(got.Metadata().Raw), "the body as it came")
					got.Metadata().Raw, want.Metadata().Raw = nil, nil
					assert.Equal(t, want, got, body)
				}
			}
			for _, broken := range []string{`"x"`, `7.5`, `99999999999999999999`, `true`, `"0x7"`} {
				_, err := callback.Decode(w.Command, []byte(bodyWith(field.Path, broken)))
				assert.ErrorIs(t, err, callback.ErrMalformed, "%s: %s %s", w.Command, field.Path, broken)
			}
		}
	}
	assert.Greater(t, fields, 130)
}

// Numbers of one-to-one messages are wider than the 32 bits of the vendor's tables.
func TestSpecNumbersOfMessagesAreWide(t *testing.T) {
	t.Parallel()
	fields := 0
	for _, w := range webhooks(t) {
		for _, field := range w.Request {
			switch name := field.Path; {
			case name == "Random", name == "MsgRandom", name == "Events[].MsgRandom", name == "Events[].MsgSeq":
			case name == "MsgSeq" && w.Area != "group" && w.Command != "Bot.OnGroupMessage":
			default:
				continue
			}
			fields++
			body := []byte(bodyWith(field.Path, "74363827834904"))
			e, err := callback.Decode(w.Command, body)
			require.NoError(t, err, "%s: %s is a uint64", w.Command, field.Path)
			out, err := callback.Encode(e)
			require.NoError(t, err)
			carried(t, w.Command, body, out)
		}
	}
	assert.GreaterOrEqual(t, fields, 16)
}

// A handler's decoder sees a body once more where an integer is spelled oddly, and no other body.
func TestDecoderSeesOddIntegersAnew(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`{"Request":7,"Limit":8}`:   1,
		`{"Request":"7","Limit":8}`: 2,
	} {
		looked := 0
		var got *callback.AlertRequestOverLimit
		h := handler(t, callback.WithDecoder(func(data []byte, v any) error {
			looked++
			return json.Unmarshal(data, v)
		}))
		callback.On(h, func(_ context.Context, e *callback.AlertRequestOverLimit) error {
			got = e
			return nil
		})
		assertOK(t, post(t, h, "Alert.RequestOverLimit", body))
		require.NotNil(t, got)
		assert.Equal(t, [2]int{7, 8}, [2]int{got.Request, got.Limit})
		assert.JSONEq(t, body, string(got.Raw))
		assert.Equal(t, want, looked, body)
	}
}

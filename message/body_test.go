package message_test

import (
	"encoding/json"
	"io/fs"
	"math"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

type specBody struct {
	Elements []struct {
		MsgType  string            `json:"msg_type"`
		Fields   []spec.Field      `json:"fields"`
		Examples []json.RawMessage `json:"examples"`
	} `json:"elements"`
	BodyExamples []json.RawMessage `json:"body_examples"`
}

func readSpec(t testing.TB) (s specBody) {
	t.Helper()
	require.NoError(t, spec.Read("types/msg_body.json", &s))
	require.NotEmpty(t, s.Elements)
	return s
}

func decode(t testing.TB, data string) message.Body {
	t.Helper()
	var body message.Body
	require.NoError(t, json.Unmarshal([]byte(data), &body), data)
	return body
}

func TestEveryDocumentedElementRoundTrips(t *testing.T) {
	t.Parallel()
	for _, elem := range readSpec(t).Elements {
		for _, example := range elem.Examples {
			data := "[" + string(example) + "]"
			body := decode(t, data)
			require.Len(t, body, 1)
			assert.Equal(t, elem.MsgType, body[0].MsgType())
			assert.IsNotType(t, &message.UnknownElem{}, body[0], elem.MsgType)
			out, err := json.Marshal(body)
			require.NoError(t, err)
			assert.JSONEq(t, data, string(out))
			assert.NotContains(t, string(mustExtra(t, body[0])), ":", "a documented key of %s is in Extra", elem.MsgType)
		}
	}
}

// mustExtra returns the Extra of an element as JSON.
func mustExtra(t testing.TB, e message.Elem) []byte {
	t.Helper()
	var extra message.Extra
	switch e := e.(type) {
	case *message.TextElem:
		extra = e.Extra
	case *message.FaceElem:
		extra = e.Extra
	case *message.LocationElem:
		extra = e.Extra
	case *message.CustomElem:
		extra = e.Extra
	case *message.SoundElem:
		extra = e.Extra
	case *message.FileElem:
		extra = e.Extra
	case *message.ImageElem:
		extra = e.Extra
	case *message.VideoFileElem:
		extra = e.Extra
	case *message.RelayElem:
		extra = e.Extra
	case *message.StreamElem:
		extra = e.Extra
	default:
		t.Fatalf("no such element: %T", e)
	}
	out, err := json.Marshal(extra)
	require.NoError(t, err)
	return out
}

func TestEveryBodyInTheDocumentationRoundTrips(t *testing.T) {
	t.Parallel()
	found := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for key, one := range v {
				if _, isList := one.([]any); key == "MsgBody" && isList {
					data, err := json.Marshal(one)
					require.NoError(t, err)
					out, err := json.Marshal(decode(t, string(data)))
					require.NoError(t, err)
					assert.JSONEq(t, string(data), string(out))
					found++
				}
				walk(one)
			}
		}
	}
	for _, dir := range []string{"callback", "rest"} {
		require.NoError(t, fs.WalkDir(spec.FS, dir, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".json" {
				return err
			}
			var file struct {
				RequestExamples  any `json:"request_examples"`
				ResponseExamples any `json:"response_examples"`
			}
			if err := spec.Read(name, &file); err != nil {
				return err
			}
			walk(file.RequestExamples)
			walk(file.ResponseExamples)
			return nil
		}))
	}
	for _, example := range readSpec(t).BodyExamples {
		out, err := json.Marshal(decode(t, string(example)))
		require.NoError(t, err)
		assert.JSONEq(t, string(example), string(out))
		found++
	}
	assert.Greater(t, found, 30)
}

func TestEmptyValuesAreKept(t *testing.T) {
	t.Parallel()
	zero := map[string]any{"string": "", "int": 0, "uint": 0, "float": 0, "bool": false}
	for _, elem := range readSpec(t).Elements {
		content := map[string]any{}
		for _, f := range elem.Fields {
			if v, ok := zero[f.Type]; ok && !strings.Contains(f.Path, "[]") {
				content[f.Path] = v
			}
		}
		data, err := json.Marshal([]any{map[string]any{"MsgType": elem.MsgType, "MsgContent": content}})
		require.NoError(t, err)
		body := decode(t, string(data))
		require.IsNotType(t, &message.UnknownElem{}, body[0])
		out, err := json.Marshal(body)
		require.NoError(t, err)
		assert.JSONEq(t, string(data), string(out))
	}
	body := decode(t, `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"","ext":"","Sound":""}}]`)
	body[0].(*message.CustomElem).Ext = "now set"
	out, err := body.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"","Ext":"now set","Sound":""}}]`, string(out))
}

func TestBodyText(t *testing.T) {
	t.Parallel()
	body := message.Body{
		&message.TextElem{Text: "hello "},
		&message.FaceElem{Index: 1, Data: "smile"},
		&message.UnknownElem{Type: "TIMTextElem", Content: json.RawMessage(`{"Text":"x"}`)},
		&message.TextElem{Text: " world"},
	}
	assert.Equal(t, "hello  world", body.Text())
	assert.Empty(t, message.Body(nil).Text())
}

func TestEmptyBodies(t *testing.T) {
	t.Parallel()
	assert.Nil(t, decode(t, "null"))
	assert.Equal(t, message.Body{}, decode(t, "[]"))
	for _, body := range []message.Body{nil, {}} {
		out, err := json.Marshal(body)
		require.NoError(t, err)
		assert.Equal(t, "[]", string(out))
	}
	out, err := json.Marshal(struct{ MsgBody message.Body }{})
	require.NoError(t, err)
	assert.Equal(t, `{"MsgBody":[]}`, string(out), "the vendor refuses null")
}

func TestUnknownElemKeepsItsBytes(t *testing.T) {
	t.Parallel()
	for name, data := range map[string]string{
		"newer kind":      `{"MsgType":"TIMHologramElem","MsgContent":{"b":1.50,"a":[1e2,"<\u0000&>"],"n":18446744073709551615}}`,
		"scalar content":  `{"MsgType":"TIMHologramElem","MsgContent":"x"}`,
		"no content":      `{"MsgType":"TIMHologramElem"}`,
		"null content":    `{"MsgType":"TIMTextElem","MsgContent":null}`,
		"known, no dict":  `{"MsgType":"TIMTextElem","MsgContent":["x"]}`,
		"known, absent":   `{"MsgType":"TIMTextElem"}`,
		"known, bad type": `{"MsgType":"TIMTextElem","MsgContent":{"Text":{"x":1}}}`,
		"known, too big":  `{"MsgType":"TIMSoundElem","MsgContent":{"Size":18446744073709551616}}`,
		"bad inner list":  `{"MsgType":"TIMRelayElem","MsgContent":{"MsgList":[{"MsgBody":{}}]}}`,
		"bad image":       `{"MsgType":"TIMImageElem","MsgContent":{"ImageInfoArray":[{"Size":-1}]}}`,
		"bad chunk":       `{"MsgType":"TIMStreamElem","MsgContent":{"Chunks":[3]}}`,
		"null":            `null`,
		"a number":        `1.50`,
		"a string":        `"TIMTextElem"`,
		"a list":          `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]`,
		"an empty object": `{}`,
		"no kind":         `{"MsgContent":{"Text":"x"},"New":[1e2]}`,
		"null kind":       `{"MsgType":null,"MsgContent":{"Text":"x"}}`,
		"a number's kind": `{"MsgContent":{"Text":"<x>"},"MsgType":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const text = `{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}`
			data := "[" + text + "," + data + "," + text + "]"
			body := decode(t, data)
			require.Len(t, body, 3)
			unknown, ok := body[1].(*message.UnknownElem)
			require.True(t, ok, "%T", body[1])
			assert.Equal(t, unknown.Type, unknown.MsgType())
			assert.Equal(t, "xx", body.Text(), "the others are read")
			out, err := body.MarshalJSON()
			require.NoError(t, err)
			assert.Equal(t, data, string(out))
		})
	}
}

func TestElementsDoNotAliasTheirSource(t *testing.T) {
	t.Parallel()
	data := []byte(`[{"MsgType":"TIMNewElem","MsgContent":{"a":1}},{"MsgType":"TIMTextElem","MsgContent":{"Text":"x","New":[2]}}]`)
	want := string(data)
	var body message.Body
	require.NoError(t, json.Unmarshal(data, &body))
	clear(data)
	out, err := body.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, want, string(out))
}

func TestUnknownKeysAreKept(t *testing.T) {
	t.Parallel()
	// A key that is new in every object of the content, at any depth. The element itself has had its two keys since the
	// beginning.
	var add func(v any)
	add = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				add(one)
			}
		case map[string]any:
			for _, one := range v {
				add(one)
			}
			if _, ok := v["MsgType"]; !ok {
				v["Newer"] = map[string]any{"n": json.Number("1.50")}
				v["<q\"\u2028>"] = "\x00"
			}
		}
	}
	for _, elem := range readSpec(t).Elements {
		for _, example := range elem.Examples {
			var v any
			require.NoError(t, json.Unmarshal(example, &v))
			add(v)
			data, err := json.Marshal([]any{v})
			require.NoError(t, err)
			body := decode(t, string(data))
			assert.IsNotType(t, &message.UnknownElem{}, body[0])
			out, err := body.MarshalJSON()
			require.NoError(t, err)
			assert.JSONEq(t, string(data), string(out))
			assert.Contains(t, string(out), "1.50")
		}
	}
}

func TestExtraNeverWinsOverAField(t *testing.T) {
	t.Parallel()
	body := message.Body{&message.TextElem{
		Text:  "mine",
		Extra: message.Extra{"text": json.RawMessage(`"theirs"`), "b": nil, "a": json.RawMessage("1")},
	}}
	out, err := body.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"mine","a":1,"b":null}}]`, string(out))
}

func TestSpellings(t *testing.T) {
	t.Parallel()
	body := decode(t, `[{"MsgType":"TIMFileElem","MsgContent":{"UUID":"u","FileSize":1,"fileName":"a.txt"}}]`)
	file := body[0].(*message.FileElem)
	assert.Equal(t, "a.txt", file.FileName)
	assert.Nil(t, file.Extra)
	assert.Zero(t, file.DownloadFlag)
	out, err := json.Marshal(body)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"MsgType":"TIMFileElem","MsgContent":{"UUID":"u","FileSize":1,"FileName":"a.txt"}}]`, string(out))
}

func TestNumbersAreExact(t *testing.T) {
	t.Parallel()
	const data = `[{"MsgType":"TIMLocationElem","MsgContent":{"Desc":"","Latitude":48.208491234567891,"Longitude":-1e-9}},` +
		`{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"","Size":18446744073709551615,"Second":0}},` +
		`{"MsgType":"TIMRelayElem","MsgContent":{"Title":"","MsgNum":1,"CompatibleText":"",` +
		`"MsgList":[{"MsgSeq":9586798211,"MsgRandom":74363827834904}]}}]`
	body := decode(t, data)
	assert.InDelta(t, 48.208491234567891, body[0].(*message.LocationElem).Latitude, 0)
	assert.Equal(t, uint64(math.MaxUint64), body[1].(*message.SoundElem).Size)
	assert.Equal(t, uint64(74363827834904), body[2].(*message.RelayElem).MsgList[0].MsgRandom)
	out, err := body.MarshalJSON()
	require.NoError(t, err)
	assert.Contains(t, string(out), `"Size":18446744073709551615`)
	assert.Contains(t, string(out), `"MsgSeq":9586798211`)
	assert.Equal(t, body, decode(t, string(out)))
}

// However an integer is spelled, the element is of its kind, and written as the vendor documents it.
func TestSpellingsOfNumbers(t *testing.T) {
	t.Parallel()
	body := decode(t, `[{"MsgType":"TIMFaceElem","MsgContent":{"Index":"7","Data":"8"}},`+
		`{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"","Size":"18446744073709551615","Second":6.0,"Download_Flag":2e0}},`+
		`{"MsgType":"TIMImageElem","MsgContent":{"UUID":"","ImageFormat":"1","ImageInfoArray":[{"Type":"3","Size":"","Width":1.0}]}},`+
		`{"MsgType":"TIMStreamElem","MsgContent":{"Chunks":[{"EventType":"data","Index":"1","Markdown":"7","IsLast":true}]}},`+
		`{"MsgType":"TIMRelayElem","MsgContent":{"MsgNum":"1","MsgList":[{"MsgSeq":"9586798211","MsgRandom":7.0,"MsgTimeStamp":"1",`+
		`"MsgBody":[{"MsgType":"TIMFaceElem","MsgContent":{"Index":"7"}}],"New":"1"}]}}]`)
	assert.Equal(t, message.Body{
		&message.FaceElem{Index: 7, Data: "8"},
		&message.SoundElem{Size: math.MaxUint64, Second: 6, DownloadFlag: 2},
		&message.ImageElem{ImageFormat: 1, ImageInfoArray: []message.ImageInfo{{Type: 3, Width: 1}}},
		&message.StreamElem{Chunks: []message.StreamChunk{{EventType: "data", Index: 1, Markdown: "7", IsLast: true}}},
		&message.RelayElem{MsgNum: 1, MsgList: []message.RelayMessage{{
			MsgSeq: 9586798211, MsgRandom: 7, MsgTimeStamp: 1,
			MsgBody: message.Body{&message.FaceElem{Index: 7}}, Extra: message.Extra{"New": json.RawMessage(`"1"`)},
		}}},
	}, body)
	for _, broken := range []string{`"x"`, `7.5`, `"99999999999999999999"`, `{}`} {
		body := decode(t, `[{"MsgType":"TIMFaceElem","MsgContent":{"Index":`+broken+`}}]`)
		assert.IsType(t, &message.UnknownElem{}, body[0], broken)
	}
}

func TestEscapesSurvive(t *testing.T) {
	t.Parallel()
	body := decode(t, `[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"a\u0000\u0001\u2028\u00e9\ud83d\ude00<b>"}}]`)
	custom := body[0].(*message.CustomElem)
	assert.Equal(t, "a\x00\x01\u2028é😀<b>", custom.Data)
	out, err := body.MarshalJSON()
	require.NoError(t, err)
	assert.Contains(t, string(out), `\u0000`)
	assert.Equal(t, body, decode(t, string(out)))
}

// nest returns a bundle of messages depth deep.
func nest(depth int) string {
	return strings.Repeat(`[{"MsgType":"TIMRelayElem","MsgContent":{"Title":"t","MsgNum":1,"CompatibleText":"","MsgList":[{"MsgBody":`, depth) +
		`[]` + strings.Repeat(`}]}}]`, depth)
}

func TestDeepBundlesAreBoundedAndKept(t *testing.T) {
	t.Parallel()
	for _, depth := range []int{1, 8, 9, 200, 1000} {
		data := nest(depth)
		body := decode(t, data)
		levels := 0
		for rest := body; len(rest) > 0; {
			relay, ok := rest[0].(*message.RelayElem)
			if !ok {
				assert.IsType(t, &message.UnknownElem{}, rest[0])
				break
			}
			levels++
			rest = relay.MsgList[0].MsgBody
		}
		assert.Equal(t, min(depth, 8), levels)
		out, err := body.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, data, string(out))
	}
}

func TestRelayPartsDecodeAlone(t *testing.T) {
	t.Parallel()
	var relay message.RelayElem
	require.NoError(t, json.Unmarshal([]byte(`{"Title":"t","MsgList":[{"GroupId":"g","x":1}]}`), &relay))
	assert.Equal(t, "g", relay.MsgList[0].GroupID)
	assert.Equal(t, message.Extra{"x": json.RawMessage("1")}, relay.MsgList[0].Extra)
	var one message.RelayMessage
	require.NoError(t, json.Unmarshal([]byte(`{"MsgBody":`+nest(1)+`}`), &one))
	assert.Equal(t, "t", one.MsgBody[0].(*message.RelayElem).Title)
	require.Error(t, json.Unmarshal([]byte(`{"MsgSeq":-1}`), &one))
	require.Error(t, json.Unmarshal([]byte(`{"MsgList":3}`), &relay))
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	for _, data := range []string{`{}`, `"x"`, `[`, ``, `[1`, `[{"MsgType":}]`} {
		var body message.Body
		require.Error(t, body.UnmarshalJSON([]byte(data)), data)
		assert.Nil(t, body)
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]message.Body{
		"nil element":      {nil},
		"nil pointer":      {(*message.TextElem)(nil)},
		"broken content":   {&message.UnknownElem{Type: "X", Content: json.RawMessage(`{`)}},
		"broken element":   {&message.UnknownElem{Raw: json.RawMessage(`{`)}},
		"no number":        {&message.LocationElem{Latitude: math.NaN()}},
		"deep nil element": {&message.RelayElem{MsgList: []message.RelayMessage{{MsgBody: message.Body{nil}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := json.Marshal(body)
			require.ErrorContains(t, err, "message: element 0")
		})
	}
}

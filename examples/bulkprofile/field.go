package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/profile"
)

const (
	userColumn   = "user_id"
	errorColumn  = "error"
	customPrefix = "custom:"
	tagPrefix    = "Tag_Profile_"
)

// A field is a profile field as the input names it.
type field struct {
	name   string
	tag    string
	number bool
	words  map[string]string // of an enum field: the vendor's words by ours
}

func standardFields() []field {
	return []field{
		{name: "nick", tag: profile.Nick.Tag()},
		{name: "gender", tag: profile.Gender.Tag(), words: map[string]string{
			"unknown": string(profile.GenderUnknown), "female": string(profile.Female), "male": string(profile.Male),
		}},
		{name: "birthday", tag: profile.Birthday.Tag(), number: true},
		{name: "location", tag: profile.Location.Tag()},
		{name: "signature", tag: profile.Signature.Tag()},
		{name: "allow_type", tag: profile.AllowType.Tag(), words: map[string]string{
			"need_confirm": string(profile.NeedConfirm), "allow_any": string(profile.AllowAny), "deny_any": string(profile.DenyAny),
		}},
		{name: "language", tag: profile.Language.Tag(), number: true},
		{name: "avatar_url", tag: profile.AvatarURL.Tag()},
		{name: "message_settings", tag: profile.MessageSettings.Tag(), number: true},
		{name: "admin_forbid", tag: profile.AdminForbid.Tag(), words: map[string]string{
			"none": string(profile.ForbidNone), "send_out": string(profile.ForbidSendOut),
		}},
		{name: "level", tag: profile.Level.Tag(), number: true},
		{name: "role", tag: profile.Role.Tag(), number: true},
	}
}

// fields finds fields by name or tag, either of which is the name then.
type fields map[string]field

func newFields() fields {
	all := make(fields)
	for _, f := range standardFields() {
		all[f.name] = f
		f.name = f.tag
		all[f.name] = f
	}
	return all
}

func (all fields) lookup(name string) (field, error) {
	if f, ok := all[name]; ok {
		return f, nil
	}
	if keyword, ok := strings.CutPrefix(name, customPrefix); ok {
		return field{name: name, tag: profile.Custom(keyword).Tag()}, nil
	}
	if strings.HasPrefix(name, tagPrefix) {
		return field{name: name, tag: name}, nil
	}
	return field{}, fmt.Errorf("there is no field %q: there are %s, %s and %sNAME",
		name, userColumn, fieldNames(), customPrefix)
}

func fieldNames() string {
	var names []string
	for _, f := range standardFields() {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

// text returns the item that sets the field to a text as people write it. Whether the value is allowed is for
// the profile package to say, except where its words would not be those of the input.
func (f field) text(s string) (profile.Item, error) {
	if f.number {
		if _, err := strconv.ParseUint(s, 10, 32); err != nil {
			return profile.Item{}, fmt.Errorf("%s: %q is not a whole number from 0 to 4294967295", f.name, s)
		}
		return profile.Item{Tag: f.tag, Value: json.RawMessage(s)}, nil
	}
	if word, ok := f.words[s]; ok {
		s = word
	}
	return profile.Field[string](f.tag).To(s), nil
}

// raw returns the item that sets the field to a JSON value. Texts of text fields and numbers are sent as they stand.
func (f field) raw(value json.RawMessage) (profile.Item, error) {
	var s string
	if (f.number || f.words != nil) && value[0] == '"' && json.Unmarshal(value, &s) == nil {
		return f.text(s)
	}
	return profile.Item{Tag: f.tag, Value: value}, nil
}

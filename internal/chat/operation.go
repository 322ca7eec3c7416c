package chat

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Codes of openconfigsvr that official accounts use in another sense, and have given their names.
const (
	codeNoGetAccount  = restapi.CodeOfficialAccountPermissionDenied
	codeBadGetAccount = restapi.CodeConfigInvalidGetAccount
	codeNoSetAccount  = restapi.CodeOfficialAccountNotFound
	codeBadSetAccount = restapi.CodeOfficialAccountAlreadySubscribed
	codeNoTime        = restapi.CodeOfficialAccountIDTaken
)

func config() area {
	return area{
		admin:   restapi.CodeAdminRequired,
		syntax:  restapi.CodeConfigInvalidJSON,
		invalid: restapi.CodeConfigInvalidJSON,
		lacks:   "ActionStatus",
		commands: []command{
			does(operation.CommandGetAppInfo, getAppInfo),
			does(operation.CommandSetNoSpeaking, setNoSpeaking).refusing(map[fault]restapi.Code{
				{"Set_Account", shape.Missing}: codeNoSetAccount,
				{path: "Set_Account"}:          codeBadSetAccount,
			}),
			does(operation.CommandGetNoSpeaking, getNoSpeaking).refusing(map[fault]restapi.Code{
				{"Get_Account", shape.Missing}: codeNoGetAccount,
				{path: "Get_Account"}:          codeBadGetAccount,
			}),
		},
		kinds:  []kind{keeps("nospeaking", noSpeakingLines, sortNoSpeaking, loadNoSpeaking)},
		forget: func(s *state, userID string) { delete(s.mutes, userID) },
	}
}

// addresses are the commands of ConfigSvc. No refusals of them are documented.
func addresses() area {
	return area{
		admin:    restapi.CodeAdminRequired,
		syntax:   restapi.CodeInvalidRequestJSON,
		invalid:  restapi.CodeInvalidRequestJSON,
		lacks:    "ErrorInfo",
		commands: []command{does(operation.CommandGetIPList, getIPList)},
	}
}

// ipLists are addresses by nettype: this machine and, for the others, some that are reserved for documentation.
var ipLists = [...][]string{
	operation.NetTypeAll:      {"127.0.0.1", "192.0.2.0/24", "198.51.100.0/25", "203.0.113.0/24"},
	operation.NativeChina:     {"127.0.0.1", "192.0.2.0/25"},
	operation.NativeOverseas:  {"127.0.0.1", "192.0.2.128/25"},
	operation.WebChina:        {"127.0.0.1", "203.0.113.0/25"},
	operation.WebOverseas:     {"127.0.0.1", "203.0.113.128/25"},
	operation.WebhookChina:    {"127.0.0.1", "198.51.100.0/26"},
	operation.WebhookOverseas: {"127.0.0.1", "198.51.100.64/26"},
}

func getIPList(_ *App, c *call, _ *struct{}) (any, error) {
	netType := 0
	if given := c.query["nettype"]; len(given) > 0 {
		n, err := strconv.Atoi(given[0])
		if err != nil || n < 0 || n >= len(ipLists) {
			return nil, refuse(restapi.CodeInvalidQueryParameter, "nettype is not 0 to 6") // the code is a guess
		}
		netType = n
	}
	return struct{ IPList []string }{ipLists[netType]}, nil
}

// files are the addresses that are blocked. Every address is one of a file that is there.
type files struct{ blocked map[string]bool }

// fileBlocks are the commands of im_cos_msg. No refusals of them are documented: the codes are guesses.
func fileBlocks() area {
	return area{
		admin:   restapi.CodeAdminRequired,
		syntax:  restapi.CodeGroupInvalidParameter,
		invalid: restapi.CodeGroupInvalidParameter,
		commands: []command{
			does(operation.CommandForbidIllegalObject, forbidFile),
			does(operation.CommandAllowBannedObject, allowFile),
			does(operation.CommandGetCOSSig, getFileSigs),
		},
		kinds: []kind{keeps("blockedfile",
			func(s *state) (lines []fileLine) {
				for rawURL := range s.files.blocked {
					lines = append(lines, fileLine{rawURL})
				}
				return lines
			},
			func(lines []fileLine) {
				slices.SortFunc(lines, func(a, b fileLine) int { return cmp.Compare(a.RawURL, b.RawURL) })
			},
			func(s *state, line *fileLine) error {
				put(&s.files.blocked, line.RawURL, true)
				return line.check()
			})},
	}
}

// A fileLine is a file: in a call, and in a snapshot one that is blocked.
type fileLine struct{ RawURL string }

func (l fileLine) check() error {
	if u, err := url.Parse(l.RawURL); err != nil || u.Host == "" {
		return refuse(restapi.CodeGroupInvalidParameter, "RawURL is not an address")
	}
	return nil
}

func forbidFile(a *App, _ *call, req *fileLine) (any, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	put(&a.files.blocked, req.RawURL, true)
	return nil, nil
}

func allowFile(a *App, _ *call, req *fileLine) (any, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	delete(a.files.blocked, req.RawURL)
	return nil, nil
}

// sigLife is how long a signed address lives.
const sigLife = 15 * time.Minute

type signedFile struct {
	Code       restapi.Code
	Desc       string
	ResourceID int
	PreSigURL  string
	Status     operation.FileStatus
}

// getFileSigs makes addresses that look signed. Nothing serves them here.
func getFileSigs(a *App, c *call, req *struct {
	RawURLs []struct {
		fileLine

		ResourceID int
	}
},
) (any, error) {
	if len(req.RawURLs) == 0 {
		return nil, refuse(restapi.CodeGroupInvalidParameter, "RawURLs is empty")
	}
	var result struct{ PreSigURLs []signedFile }
	for _, f := range req.RawURLs {
		if err := f.check(); err != nil {
			result.PreSigURLs = append(result.PreSigURLs, signedFile{
				Code: restapi.CodeGroupInvalidParameter, Desc: err.Error(), ResourceID: f.ResourceID,
			})
			continue
		}
		signed, _ := url.Parse(f.RawURL)
		query := signed.Query()
		query.Set("sign", "local")
		query.Set("im-time-expired", strconv.FormatInt(c.now.Add(sigLife).Unix(), 10))
		signed.RawQuery = query.Encode()
		one := signedFile{ResourceID: f.ResourceID, PreSigURL: signed.String()}
		if a.files.blocked[f.RawURL] {
			one.Status = operation.FileBlocked
		}
		result.PreSigURLs = append(result.PreSigURLs, one)
	}
	return result, nil
}

package chat

import "github.com/go-tencentchat/tencentchat/restapi"

// groupArea is an area whose commands are those of groups.
func groupArea(commands []command, kinds ...kind) area {
	return area{
		admin:    restapi.CodeGroupPermissionDenied,
		syntax:   restapi.CodeGroupInvalidParameter,
		invalid:  restapi.CodeGroupInvalidParameter,
		commands: commands,
		kinds:    kinds,
	}
}

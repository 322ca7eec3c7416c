package callback

import "strings"

// Platform is the platform of the client that caused an event. The set is open, and the vendor spells some of them in
// more than one way: compare with Is.
type Platform string

// The documented platforms.
const (
	PlatformRESTAPI Platform = "RESTAPI" // a call of the REST API
	PlatformWeb     Platform = "Web"
	PlatformAndroid Platform = "Android"
	PlatformIOS     Platform = "iOS" // IOS in State.StateChange
	PlatformWindows Platform = "Windows"
	PlatformMac     Platform = "Mac" // macOS on some pages
	PlatformIPad    Platform = "iPad"
	PlatformLinux   Platform = "Linux" // in StateChange.KickedDevice
	PlatformUnknown Platform = "Unknown"
)

// Is says whether p and q name the same platform: IOS is iOS, and macOS is Mac.
func (p Platform) Is(q Platform) bool {
	return strings.EqualFold(p.family(), q.family())
}

func (p Platform) family() string {
	if strings.EqualFold(string(p), "macOS") {
		return string(PlatformMac)
	}
	return string(p)
}

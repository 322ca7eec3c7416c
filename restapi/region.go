package restapi

import (
	"net/url"
	"strings"
)

// A Region is where an app was created; it decides the host that its calls go to. On another region's host a call fails
// with CodeWrongRegionHost (60026) or, on older servers, CodeAppNotFound (70020) and its kin.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34620
type Region string

// The regions. Each but Riyadh has a standby host that the client moves to while the first one cannot be connected to.
const (
	China         Region = "cn"
	Singapore     Region = "sgp"
	Seoul         Region = "kr"
	Tokyo         Region = "jpn"
	Frankfurt     Region = "ger"
	SiliconValley Region = "usa"
	Jakarta       Region = "idn"
	// Riyadh has no standby that the vendor's pages name: while its host cannot be connected to, calls fail.
	Riyadh Region = "ksa"
	// Mumbai takes no new apps: most of the vendor's pages name it no longer, older apps may still live there.
	Mumbai Region = "ind"
)

// Hosts returns the host of the region and its standby, which is empty where there is none, and two empty strings for a
// region that is not in the list.
func (r Region) Hosts() (primary, standby string) {
	switch r {
	case China:
		return "console.tim.qq.com", "adminapi.my-imcloud.com"
	case Singapore, Seoul, Tokyo, Frankfurt, SiliconValley, Jakarta, Mumbai:
		return "adminapi" + string(r) + ".im.qcloud.com", "adminapi" + string(r) + ".my-imcloud.com"
	case Riyadh:
		return "adminapi" + string(r) + ".im.qcloud.com", ""
	}
	return "", ""
}

// urls returns the addresses of the region's hosts; that of the standby is nil where there is none.
func (r Region) urls() (primary, standby *url.URL) {
	first, second := r.Hosts()
	if second != "" {
		standby = &url.URL{Scheme: "https", Host: second}
	}
	return &url.URL{Scheme: "https", Host: first}, standby
}

func (r Region) check() error {
	if r == "" {
		return &ArgumentError{
			Field: "region", Reason: "is empty: name the region the app was created in, such as restapi.Singapore",
		}
	}
	if primary, _ := r.Hosts(); primary == "" {
		known := []string{
			string(China), string(Singapore), string(Seoul), string(Tokyo), string(Frankfurt), string(SiliconValley),
			string(Jakarta), string(Riyadh), string(Mumbai),
		}
		return &ArgumentError{
			Field: "region", Reason: "is none of " + strings.Join(known, ", ") + "; for another host see WithBaseURL",
		}
	}
	return nil
}

package restapi

import (
	"context"
	"crypto/tls"
	"errors"
)

// temporaryStatus says whether an HTTP status other than 200 may be gone on the next try.
func temporaryStatus(status int) bool {
	return status == 408 || status == 429 || status >= 500
}

// temporaryCause says whether a call that got no answer may get one on the next try. The caller's own giving up and a
// certificate that does not verify are final.
func temporaryCause(err error) bool {
	var certificate *tls.CertificateVerificationError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, ErrBadResponse), errors.As(err, &certificate):
		return false
	}
	return true
}

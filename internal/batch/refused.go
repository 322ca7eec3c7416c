package batch

import (
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Refusal is a row of an ErrorList, in which a command names the accounts for which it has failed.
type Refusal struct {
	Status

	ToAccount string `json:"To_Account"`
}

// Failure returns the outcome of the item of a row of an ErrorList: it has failed whatever its code.
func (s Status) Failure(cmd restapi.Command) restapi.Outcome {
	if outcome := s.Outcome(cmd); outcome.Err() != nil {
		return outcome
	}
	return restapi.Failed(check.Unexplained(cmd, "ErrorList"))
}

// Refused returns the outcome of each account asked, in the order asked, of an answer that names those alone for which
// it has failed. Where it names one that was not asked for, any of the others can be meant: no failure gets lost.
func Refused(cmd restapi.Command, asked []string, list []Refusal) []restapi.Outcome {
	failed := make(map[string]restapi.Outcome, len(list))
	for i := range list {
		failed[list[i].ToAccount] = list[i].Failure(cmd)
	}
	outcomes := make([]restapi.Outcome, len(asked))
	named := make(map[string]bool, len(list))
	for i, account := range asked {
		if outcome, refused := failed[account]; refused {
			outcomes[i], named[account] = outcome, true
		}
	}
	if len(named) == len(failed) {
		return outcomes
	}
	for i, account := range asked {
		if !named[account] {
			outcomes[i] = restapi.Failed(check.Stray(cmd, "ErrorList"))
		}
	}
	return outcomes
}

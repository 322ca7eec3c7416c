package batch

import (
	"iter"
	"maps"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Status is what a row of an answer says of how its item went. Rows embed it, whichever of the names the command has:
// most have ResultCode and ResultInfo, others ErrorCode and ErrorInfo or RetCode.
type Status struct {
	ResultCode int
	ResultInfo string
	ErrorCode  int
	ErrorInfo  string
	RetCode    int
}

// Outcome returns the outcome of the item: success where all codes are 0.
func (s Status) Outcome(cmd restapi.Command) restapi.Outcome {
	for _, code := range [...]int{s.ResultCode, s.ErrorCode, s.RetCode} {
		if code != 0 {
			info := s.ResultInfo
			if info == "" {
				info = s.ErrorInfo
			}
			return restapi.Failed(check.Item(cmd, code, info))
		}
	}
	return restapi.Outcome{}
}

// Collate returns a result for each item asked, in the order asked: the one that answered has for its key, or what
// missing makes where there is none. Of two with one key the last counts. Results of what nobody asked for are dropped.
func Collate[K comparable, R any](asked []K, answered iter.Seq2[K, R], missing func(K) R) []R {
	byKey := maps.Collect(answered)
	results := make([]R, len(asked))
	for i, key := range asked {
		result, ok := byKey[key]
		if !ok {
			result = missing(key)
		}
		results[i] = result
	}
	return results
}

// Rows goes through the rows of an answer as Collate wants them: with key and result made of each.
func Rows[Row any, K comparable, R any](rows []Row, of func(*Row) (K, R)) iter.Seq2[K, R] {
	return func(yield func(K, R) bool) {
		for i := range rows {
			if !yield(of(&rows[i])) {
				return
			}
		}
	}
}

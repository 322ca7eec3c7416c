package usersig_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/go-tencentchat/tencentchat/usersig"
)

const exampleKey = "5b313fef38eb960c9d1155fe26db6bb28342e37390fc9ec010afe6b1d0baa906"

func Example() {
	signer, err := usersig.New(1400506071, exampleKey)
	if err != nil {
		log.Fatal(err)
	}
	sig, err := signer.Sign("leckie", 24*time.Hour)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("leckie:", signer.Verify("leckie", sig))
	fmt.Println("breq:", signer.Verify("breq", sig))
	// Output:
	// leckie: <nil>
	// breq: usersig: token of another user
}

func ExampleSigner_Verify() {
	noon := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	clock := noon
	signer, err := usersig.New(1400506071, exampleKey, usersig.WithClock(func() time.Time { return clock }))
	if err != nil {
		log.Fatal(err)
	}
	sig, err := signer.Sign("leckie", time.Hour)
	if err != nil {
		log.Fatal(err)
	}
	for _, later := range []time.Duration{time.Hour, time.Hour + time.Second} {
		clock = noon.Add(later)
		switch err := signer.Verify("leckie", sig); {
		case err == nil:
			fmt.Println("welcome")
		case errors.Is(err, usersig.ErrExpired):
			fmt.Println("please sign in again")
		default:
			fmt.Println("go away")
		}
	}
	// Output:
	// welcome
	// please sign in again
}

func ExampleSigner_AppendSign() {
	signer, err := usersig.New(1400506071, exampleKey)
	if err != nil {
		log.Fatal(err)
	}
	body := []byte(`{"usersig":"`)
	body, err = signer.AppendSign(body, "leckie", 24*time.Hour) // its characters need no escapes
	if err != nil {
		log.Fatal(err)
	}
	body = append(body, `"}`...)
	fmt.Println(json.Valid(body))
	// Output: true
}

func ExampleSigner_PrivateMapKey() {
	signer, err := usersig.New(1400506071, exampleKey)
	if err != nil {
		log.Fatal(err)
	}
	viewer := usersig.PrivilegeEnterRoom | usersig.PrivilegeReceiveAudio | usersig.PrivilegeReceiveVideo
	key, err := signer.PrivateMapKey("leckie", 6*time.Hour, usersig.StringRoom("lobby"), viewer)
	if err != nil {
		log.Fatal(err)
	}
	token, err := usersig.Parse(key)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.UserID, token.TTL, len(token.UserBuf), "bytes")
	fmt.Println("as a room's key:", signer.VerifyWithUserBuf("leckie", key, token.UserBuf))
	fmt.Println("as a UserSig:", signer.Verify("leckie", key))
	// Output:
	// leckie 6h0m0s 36 bytes
	// as a room's key: <nil>
	// as a UserSig: usersig: token with another userbuf
}

func ExampleParse() {
	const sig = "eJyrVgrxCdZLrSjILEpVsjI0NTU1MjAw0AGLlqUWKVkpGekZKEH4xSnZiQUFmSlKViZANQaWhuYQ8cyU1LySzLRMsPIoNFCJBmBm" +
		"ZaYDFVd4ZVS4GUdWJLkUh*YUlblkFAWHlbjn*7mnmjqXFfllFfqGZWboewXmpTnaQjWWZOaCHGpuYmBuYW5kYFwLANlrPTo_"
	token, err := usersig.Parse(sig)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.UserID)
	fmt.Println(token.SDKAppID)
	fmt.Println(token.IssuedAt.Format(time.DateOnly), "to", token.ExpiresAt.Format(time.DateOnly))
	// Output:
	// ZZZZZZZZZZZZZZZZyyyyyyyyyyyyyyyy
	// 40000917
	// 2025-03-01 to 2025-08-28
}

// A server hands a UserSig to the client of a user who is signed in there. Who that is comes from the server's own session,
// never from what the client asks for.
func Example_handler() {
	signer, err := usersig.New(1400506071, exampleKey)
	if err != nil {
		log.Fatal(err)
	}
	session := func(r *http.Request) (userID string, ok bool) {
		cookie, err := r.Cookie("session")
		if err != nil || cookie.Value != "s3" {
			return "", false
		}
		return "leckie", true
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /usersig", func(w http.ResponseWriter, r *http.Request) {
		userID, ok := session(r)
		if !ok {
			http.Error(w, "sign in first", http.StatusUnauthorized)
			return
		}
		sig, err := signer.Sign(userID, 24*time.Hour)
		if err != nil {
			http.Error(w, "this account cannot chat", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"userID": userID, "userSig": sig})
	})

	for _, session := range []string{"", "s3"} {
		r := httptest.NewRequest(http.MethodGet, "/usersig", http.NoBody)
		r.AddCookie(&http.Cookie{Name: "session", Value: session})
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		var answer struct{ UserID, UserSig string }
		_ = json.Unmarshal(w.Body.Bytes(), &answer)
		fmt.Println(w.Code, answer.UserID, signer.Verify("leckie", answer.UserSig) == nil)
	}
	// Output:
	// 401  false
	// 200 leckie true
}

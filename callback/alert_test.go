package callback_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// The field Command of the wire has another name here, as every event has a method Command.
func TestAlertNamesTheRESTCommand(t *testing.T) {
	t.Parallel()
	e, err := callback.Decode("Alert.RequestOverLimit", []byte(`{"ServiceName":"openim","Command":"sendmsg","Request":170,"Limit":200}`))
	require.NoError(t, err)
	alert := e.(*callback.AlertRequestOverLimit)
	assert.Equal(t, "Alert.RequestOverLimit", alert.Command())
	assert.Equal(t, "openim/sendmsg", alert.ServiceName+"/"+alert.CommandName)
	assert.Equal(t, []int{170, 200}, []int{alert.Request, alert.Limit})
}

package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func counterRows() []conform.Row { return nil }

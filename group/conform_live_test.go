package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func liveRows() []conform.Row { return nil }

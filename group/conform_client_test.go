package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func clientRows() []conform.Row { return nil }

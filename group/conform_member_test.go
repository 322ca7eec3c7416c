package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func memberRows() []conform.Row { return nil }

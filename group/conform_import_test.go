package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func importRows() []conform.Row { return nil }

package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func attributeRows() []conform.Row { return nil }

package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func searchRows() []conform.Row { return nil }

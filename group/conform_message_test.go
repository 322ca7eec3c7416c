package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func messageRows() []conform.Row { return nil }

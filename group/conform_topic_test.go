package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func topicRows() []conform.Row { return nil }

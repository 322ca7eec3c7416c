package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func receiptRows() []conform.Row { return nil }

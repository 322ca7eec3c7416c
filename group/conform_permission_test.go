package group_test

import "github.com/go-tencentchat/tencentchat/internal/conform"

func permissionRows() []conform.Row { return nil }

package restapitest

// SetAttributes makes these the attributes of a group that the user is in; all others go.
// Group.CallbackAfterGroupAttrChanged is sent.
func (d *Device) SetAttributes(groupID string, attrs map[string]string) error {
	return failed("SetAttributes", d.model.SetAttributes(groupID, attrs))
}

// DeleteAttributes deletes attributes of a group that the user is in, all that are named or, where one is not there,
// none. Group.CallbackAfterGroupAttrChanged is sent.
func (d *Device) DeleteAttributes(groupID string, keys ...string) error {
	return failed("DeleteAttributes", d.model.DeleteAttributes(groupID, keys))
}

// ClearAttributes deletes all attributes of a group that the user is in. Group.CallbackAfterGroupAttrChanged is sent.
func (d *Device) ClearAttributes(groupID string) error {
	return failed("ClearAttributes", d.model.ClearAttributes(groupID))
}

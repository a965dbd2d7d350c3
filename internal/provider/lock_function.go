package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// theLock is the lock of everything that a resource holds.
var theLock = values.Field{Shape: values.Text}

func newLockFunction(p messages.Writer) *resourceFunction {
	return &resourceFunction{
		writer: p, name: "lock", title: "Lock of an allocator or of blocks, to restore a lost state", argument: ofPlanners, result: theLock,
		text: "Returns all allocated and released ranges as canonical JSON. Commit the text beside the configuration. " +
			"If the state is lost, `existing = jsondecode(file(\"cidrplan.lock.json\"))` or an `import` with the text as the ID " +
			"restores every range. The result is known at plan if the ranges are known.",
		answer: func(v resourceArgument) any { return v.kind.lockAfter(v.result) },
	}
}

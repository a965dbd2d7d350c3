package main

import (
	"bytes"
	_ "embed" // the template and the messages

	"go.yaml.in/yaml/v3"
)

const messagesFile = folder + "/messages.md.tmpl"

//go:embed messages.md.tmpl
var messagesLayout string

//go:embed messages.yaml
var messagesList []byte

var messagesTemplate = referenceTemplate("messages", messagesLayout)

// messagesPage is the data of the reference of messages.
type messagesPage struct {
	Summaries []summaryForm
	Parties   []string
	Messages  []otherMessage
}

// summaryForm is the form of the summary of a conflict.
type summaryForm struct{ Form, Means string }

// otherMessage is a message that is not a conflict.
type otherMessage struct{ Summary, Means, Do string }

// MessagesPage returns the reference of messages: the summaries of conflicts, and all other messages.
func MessagesPage() ([]byte, error) {
	view, err := messagesView()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = messagesTemplate.Execute(&out, view)
	return out.Bytes(), err
}

func messagesView() (messagesPage, error) {
	var view messagesPage
	err := yaml.Unmarshal(messagesList, &view)
	return view, err
}

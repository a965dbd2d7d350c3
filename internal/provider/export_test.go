package provider

// RuleStories and BlockStories are configurations that break one rule each, for tests that plan them.
var RuleStories, BlockStories = ruleStories, blockStories

// WantWritten compares a text with a file, or writes it.
var WantWritten = wantWritten

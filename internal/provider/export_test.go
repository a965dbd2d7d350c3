package provider

// RuleStories are configurations that break one rule each, for tests that plan them.
var RuleStories = ruleStories

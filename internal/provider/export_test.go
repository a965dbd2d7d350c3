package provider

// RuleStories and BlockStories are configurations that break one rule each, for tests that plan them.
var RuleStories, BlockStories = ruleStories, blockStories

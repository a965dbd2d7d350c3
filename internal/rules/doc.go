// Package rules is the table of rules that a plan can break. Each rule is in it once, as data: its code and title, when it is
// broken, what would happen, who can find it broken, which options can resolve it, and where its level comes from. Conflicts, messages,
// guides and tests read the table. Levels, texts and sources of platforms stay in the data of package profile.
package rules

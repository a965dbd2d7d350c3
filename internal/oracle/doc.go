// Package oracle holds slow, obvious reference implementations, used by tests only. An oracle
// lists a small universe and scans it; it shares no code with the package that it checks.
package oracle

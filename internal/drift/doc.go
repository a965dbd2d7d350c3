// Package drift compares what is declared and allocated with what a cloud reports.
package drift

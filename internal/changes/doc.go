// Package changes compares what allocators and cidrplan_blocks hold before and after a plan. It reads no file and words nothing:
// the command "cidrplan changes" does.
package changes

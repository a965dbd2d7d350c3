package provider_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longest is how long a command may take before it counts as stuck.
const longest = 10 * time.Minute

// turn edits the configuration and plans, applies or destroys, now and then a plan of an earlier turn.
func (s *sharer) turn() {
	if s.saved && s.IntN(3) == 0 {
		s.applies("late")
	}
	s.edit()
	switch kind := s.IntN(16); {
	case kind == 0:
		s.applies("-destroy", "-auto-approve")
	case kind < 6:
		if s.saved = s.plans("-out=late"); s.saved && s.IntN(2) == 0 {
			time.Sleep(time.Duration(s.IntN(4000)) * time.Millisecond)
			s.applies("late")
		}
	case kind < 8:
		s.plans()
	default:
		s.applies("-auto-approve")
	}
}

// plans plans and says whether that succeeded.
func (s *sharer) plans(args ...string) bool {
	return s.command(append([]string{"plan", "-input=false", "-json"}, args...)...)
}

// applies applies and says whether that succeeded. Then the ledger has what the state has.
func (s *sharer) applies(args ...string) bool {
	destroys, nothing := args[0] == "-destroy", len(s.stored()) == 0
	done := s.command(append([]string{"apply", "-input=false", "-json"}, args...)...)
	s.compare(destroys)
	var unseen []string
	if args[0] == "late" { // Terraform does not ask the provider for a resource of which a saved plan changes nothing
		s.saved = s.saved && !done
		unseen = slices.DeleteFunc(s.behind(), func(planner string) bool { return s.changed[planner] })
	}
	if done {
		s.lives.count("applies")
		if !destroys || !nothing { // a create that was killed leaves claims, and no state to destroy
			s.equal(unseen...)
		}
	}
	return done
}

// command runs Terraform, in most cases with something that ends it or its provider, and notes what it reports.
func (s *sharer) command(args ...string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Getenv("TF_ACC_TERRAFORM_PATH"), args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(s.dir, "cli.tfrc"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"GOGC=100", "GOMAXPROCS=2")
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		s.t.Error(err)
		return false
	}
	disturbed := s.disturb(cmd.Process)
	err := cmd.Wait()
	how := disturbed()
	s.lives.count("commands")
	if how != "" {
		s.lives.count(how)
	}
	if ctx.Err() != nil {
		s.t.Errorf("%s: %q does not end\n%s", s.owner, args, out.String())
	}
	s.changed = map[string]bool{}
	for address, planner := range plannersOfLives {
		s.changed[planner] = strings.Contains(out.String(), `"hook":{"resource":{"addr":"`+address+`"`)
	}
	s.lives.note(s, how != "", args, out.String())
	return err == nil
}

// disturb decides whether and how the command is to be ended. The function that it returns says what was done.
func (s *sharer) disturb(terraform *os.Process) (ended func() string) {
	if s.quiet || s.IntN(100) < 30 {
		return func() string { return "" }
	}
	dice := rand.New(rand.NewPCG(s.Uint64(), 0)) // what happens at random times must not use the dice of the edits
	victims := []struct {
		name string
		cuts bool
		end  func()
	}{
		{"Terraform", false, func() { s.endTerraform(terraform, dice) }},
		{"provider", false, func() { kill(providersOf(terraform.Pid)) }},
		{"connection", true, func() {}},
	}
	if dice.IntN(3) == 0 {
		victim := victims[dice.IntN(2)]
		timer := time.AfterFunc(time.Duration(dice.Int64N(int64(s.lives.typical()))), victim.end)
		return func() string {
			if timer.Stop() {
				return ""
			}
			return "kills of " + victim.name + " at a random time"
		}
	}
	victim := victims[dice.IntN(3)]
	set := &trap{
		function: []string{"apply", "apply", "apply", "hold", "release"}[dice.IntN(5)], after: dice.IntN(2) == 0, spring: victim.end,
		cuts: victim.cuts,
	}
	disarm := s.gate.arm(set)
	return func() string {
		if !disarm() {
			return ""
		}
		when := map[bool]string{true: "after", false: "before"}[set.after]
		return fmt.Sprintf("kills of %s %s the commit of %s", victim.name, when, set.function)
	}
}

// endTerraform kills Terraform, and a while later the provider that outlives it.
func (s *sharer) endTerraform(terraform *os.Process, dice *rand.Rand) {
	orphans := providersOf(terraform.Pid)
	s.lives.outlives(orphans)
	terraform.Kill() //nolint:errcheck // it may have ended
	time.AfterFunc(time.Duration(dice.IntN(4000))*time.Millisecond, func() { kill(orphans) })
}

// kill ends processes at once. A process that ended is not mistaken for a later one with its number, since each is held by a handle.
func kill(processes []*os.Process) {
	for _, process := range processes {
		process.Kill() //nolint:errcheck // it may have ended
	}
}

func isProvider(pid int) bool {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(name), "terraform-provider-cidrplan")
}

// providersOf are the processes of our provider that a Terraform has started.
func providersOf(terraform int) []*os.Process {
	var all []*os.Process
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", terraform)) // the pattern is a literal
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			continue
		}
		for _, field := range strings.Fields(string(text)) {
			pid, err := strconv.Atoi(field)
			if err != nil {
				continue
			}
			if process, err := os.FindProcess(pid); err == nil && isProvider(pid) { // the handle first, so that it is of what is looked at
				all = append(all, process)
			}
		}
	}
	return all
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

func (l *ledgerCommand) settings() *cobra.Command {
	owner, quota, lifetime := "", 0, time.Duration(0)
	cmd := &cobra.Command{
		Use:   "settings",
		Short: "Show or change how long holds last and how many an owner may have",
		Long: wrapped(
			"A hold keeps a range for a plan until its apply. After the lifetime, the hold expires: the range can be allocated to others "+
				"if nothing else is free. Until then, the plan can still be applied. The quota limits the holds of an owner.",
			"Without flags, settings shows the settings. With --owner, --quota applies to this owner only; -1 gives it the quota of all "+
				"owners again. Changes need the role that owns the ledger.",
		),
		Example: "  cidrplan ledger settings --hold-lifetime 168h --quota 1000\n" +
			"  cidrplan ledger settings --owner shop/prod --quota 5000",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			changed := cmd.Flags().Changed
			switch {
			case changed("owner") && owner == "":
				return errors.New("--owner is empty; name an owner, or leave --owner out to change the settings of all owners")
			case owner != "" && (changed("hold-lifetime") || !changed("quota")):
				return errors.New("--owner is for --quota; the lifetime of holds is the same for all owners")
			case changed("quota") && quota < 0 && (owner == "" || quota != -1):
				return errors.New("--quota is negative; with --owner, -1 gives the quota of all owners again")
			case quota > math.MaxInt32:
				return fmt.Errorf("--quota %d is too large; use at most %d", quota, math.MaxInt32)
			case changed("hold-lifetime") && (lifetime < time.Second || lifetime%time.Second > 0):
				return errors.New("--hold-lifetime is not a number of whole seconds of at least 1; use a time such as 72h")
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				if owner != "" {
					return l.ownQuota(ctx, of, owner, quota)
				}
				s, err := of.Settings(ctx)
				if err != nil {
					return err
				}
				before := s
				if changed("quota") {
					s.HoldQuota = quota
				}
				if changed("hold-lifetime") {
					s.HoldLifetime = lifetime
				}
				if s != before {
					if err := of.Set(ctx, s); err != nil {
						return err
					}
				}
				l.say("Holds last %s. An owner may have %s.", exactly(s.HoldLifetime), counted(s.HoldQuota, "hold"))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&owner, "owner", "", "owner that the quota is for")
	cmd.Flags().IntVar(&quota, "quota", 0, "how many holds an owner may have")
	cmd.Flags().DurationVar(&lifetime, "hold-lifetime", 0, "time after which holds expire, such as 72h")
	return cmd
}

// ownQuota gives an owner a quota of its own, or with -1 none.
func (l *ledgerCommand) ownQuota(ctx context.Context, of *ledger.Ledger, owner string, quota int) error {
	if quota < 0 {
		if err := of.SetQuota(ctx, owner, nil); err != nil {
			return err
		}
		l.say("Owner %q has the quota of all owners.", owner)
		return nil
	}
	if err := of.SetQuota(ctx, owner, &quota); err != nil {
		return err
	}
	l.say("Owner %q may have %s.", owner, counted(quota, "hold"))
	return nil
}

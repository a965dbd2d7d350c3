package ledger

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// PlannerStatus is what the ledger knows of a planner.
type PlannerStatus struct {
	Planner
	Serial int64 `json:"serial"`
	// Confirmed says that a plan found the token of the last apply in a state.
	Confirmed bool `json:"confirmed"`
	// LastSeen is when it planned or applied last, as a role that may write.
	LastSeen time.Time `json:"last_seen"`
	Claims   int       `json:"claims"`
	// Holds are those that nobody else may take, Expired the others.
	Holds   int `json:"holds"`
	Expired int `json:"expired"`
	Lost    int `json:"lost"`
	// Quota is how many holds its owner may have, in all planners.
	Quota int `json:"quota"`
}

// Planners lists all planners, by owner and name.
func (l *Ledger) Planners(ctx context.Context) ([]PlannerStatus, error) {
	var all []PlannerStatus
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) (err error) {
		all, err = l.planners(ctx, tx)
		return err
	})
	return all, err
}

func (l *Ledger) planners(ctx context.Context, tx pgx.Tx) ([]PlannerStatus, error) {
	rows, err := tx.Query(ctx, `
		SELECT p.owner, p.name, p.serial, p.confirmed, p.last_seen,
			coalesce(e.claims, 0), coalesce(e.holds, 0), coalesce(e.expired, 0),
			(SELECT count(*) FROM `+l.name("lost")+` l WHERE l.planner = p.id),
			coalesce(o.hold_quota, s.hold_quota)
		FROM `+l.name("planner")+` p
		JOIN `+l.name("owner")+` o ON o.name = p.owner
		CROSS JOIN `+l.name("setting")+` s
		LEFT JOIN (
			SELECT planner, count(*) FILTER (WHERE state = 'claim') AS claims,
				count(*) FILTER (WHERE state = 'hold' AND expires >= now()) AS holds,
				count(*) FILTER (WHERE state = 'hold' AND expires < now()) AS expired
			FROM `+l.name("entry")+` GROUP BY planner
		) e ON e.planner = p.id
		ORDER BY p.owner, p.name`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (PlannerStatus, error) {
		var s PlannerStatus
		err := row.Scan(&s.Owner, &s.Name, &s.Serial, &s.Confirmed, &s.LastSeen, &s.Claims, &s.Holds, &s.Expired, &s.Lost, &s.Quota)
		return s, err
	})
}

// CheckKnown refuses an owner that has none of the planners of a ledger, and a planner that is not among them. An empty name is that of
// every planner, an empty owner is every owner.
func CheckKnown(all []PlannerStatus, who Planner) error {
	var owners, names []string
	for _, p := range all {
		owners = append(owners, p.Owner)
		if p.Owner == who.Owner {
			names = append(names, p.Name)
		}
	}
	switch {
	case who.Owner == "":
		return nil
	case len(names) == 0:
		return UnknownOwner{who.Owner, slices.Compact(owners)}
	case who.Name != "" && !slices.Contains(names, who.Name):
		return UnknownPlanner{who, names}
	}
	return nil
}

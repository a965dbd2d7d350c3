-- The function hold: a plan keeps what it chose for its apply.

-- +goose Up
-- lose deletes expired holds. Their planners are warned of those that a plan may rely on. p_to is who has the ranges now, with no name of a
-- planner where nobody has.
-- +goose StatementBegin
CREATE FUNCTION lose(p_ids bigint[], p_to_owner text, p_to_planner text) RETURNS jsonb LANGUAGE sql AS $$
	WITH gone AS (
		DELETE FROM entry WHERE id = ANY (p_ids) RETURNING *
	), kept AS (
		INSERT INTO lost (planner, kind, cluster, range, vrf, network, class, demand, delegate, attributes, to_owner, to_planner)
		SELECT planner, kind, cluster, range, vrf, network, class, demand, delegate, attributes, p_to_owner, p_to_planner FROM gone
		WHERE planned
		ON CONFLICT (planner, range, kind, cluster, vrf, network)
			DO UPDATE SET to_owner = excluded.to_owner, to_planner = excluded.to_planner, at = now()
	)
	SELECT coalesce(jsonb_agg(
		change_of('lost', kind, cluster, range, vrf, network, delegate) || jsonb_build_object('owner', owner, 'planner', planner_name)
		ORDER BY range
	), '[]') FROM gone
$$;
-- +goose StatementEnd

-- take_expired takes holds of others that expired and are in the way. A block around an entry is in the way if the entry takes it. One with
-- entries inside stays until these are gone. A block that is not chosen here (it has no demand) takes what is inside of it as its children.
-- +goose StatementBegin
CREATE FUNCTION take_expired(p_planner planner, p_entries given[]) RETURNS jsonb LANGUAGE sql AS $$
	SELECT lose(ARRAY(
		SELECT e.id FROM unnest(p_entries) g
		JOIN entry e ON share_addresses(e.range, g.range) AND e.vrf = g.vrf AND e.planner <> p_planner.id
		WHERE e.state = 'hold' AND e.expires < now()
			AND (g.class <> 'shared' OR e.rank = 4 AND heeds_delegation(g.kind, g.class))
			AND NOT (g.class = 'network' AND e.class = 'network' AND g.network <> e.network)
			AND NOT (g.kind = 'block' AND g.demand = '' AND e.range <<= g.range)
			AND NOT (
				NOT g.takes AND e.opens AND e.range >>= g.range AND (e.range >> g.range OR g.kind <> 'block')
				AND e.admits = (ARRAY[p_planner.owner, p_planner.name, g.cluster])[1:cardinality(e.admits)]
			)
			AND NOT EXISTS (SELECT FROM entry c WHERE c.parent = e.id)
			AND NOT EXISTS (SELECT FROM entry c WHERE c.delegation = e.id)
	), p_planner.owner, p_planner.name)
$$;
-- +goose StatementEnd

-- hold_wanted returns the given entries that need a hold: those that are not in the ledger and that a claim of the planner does not
-- keep already. What its claims keep from others needs one only to remember which demand chose it.
-- +goose StatementBegin
CREATE FUNCTION hold_wanted(p_planner planner, p_entries given[]) RETURNS given[] LANGUAGE plpgsql STABLE AS $$
BEGIN
	p_entries := missing(p_planner.id, p_entries);
	IF NOT EXISTS (SELECT FROM entry WHERE planner = p_planner.id AND state = 'claim') THEN
		RETURN p_entries;
	END IF;
	RETURN (
		SELECT coalesce(array_agg(g), '{}') FROM unnest(p_entries) g
		LEFT JOIN domain d ON d.vrf = g.vrf AND d.class = g.class AND d.network = CASE g.class WHEN 'network' THEN g.network ELSE '' END
		WHERE d.id IS NULL OR d.class = 'shared' OR NOT EXISTS (
			SELECT FROM entry e
			WHERE share_addresses(e.range, g.range) AND e.domain + 0 = d.id AND e.planner + 0 = p_planner.id AND e.state = 'claim' AND (
				e.range >>= g.range AND g.demand = ''
				OR e.range = g.range AND e.opens AND (e.kind = g.kind OR g.kind = 'released' AND e.kind = 'kept')
				OR e.range << g.range AND e.opens AND g.kind <> 'block'
			)
		)
	);
END
$$;
-- +goose StatementEnd

-- check_quota bounds the holds of an owner. One that has too many, since the quota was lowered, may still plan what needs no more. Where only
-- expired ones are too many, the oldest of them go, and their planners are warned.
-- +goose StatementBegin
CREATE FUNCTION check_quota(p_planner planner, p_more integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	allowed integer;
	active integer;
	expired integer;
BEGIN
	SELECT coalesce(o.hold_quota, s.hold_quota) INTO allowed FROM owner o, setting s WHERE o.name = p_planner.owner;
	SELECT count(*) FILTER (WHERE e.expires >= now()), count(*) FILTER (WHERE e.expires < now()) INTO active, expired
		FROM entry e JOIN planner p ON p.id = e.planner WHERE p.owner = p_planner.owner AND e.state = 'hold';
	IF active + p_more > allowed AND p_more > 0 THEN
		RAISE EXCEPTION 'quota of holds' USING ERRCODE = 'LG004',
			DETAIL = jsonb_build_object('owner', p_planner.owner, 'quota', allowed, 'holds', active, 'more', p_more);
	END IF;
	IF active + expired + p_more <= allowed THEN
		RETURN '[]';
	END IF;
	RETURN lose(ARRAY(
		SELECT e.id FROM entry e JOIN planner p ON p.id = e.planner
		WHERE p.owner = p_planner.owner AND e.state = 'hold' AND e.expires < now()
			AND NOT EXISTS (SELECT FROM entry c WHERE c.parent = e.id)
			AND NOT EXISTS (SELECT FROM entry c WHERE c.delegation = e.id)
		ORDER BY e.expires LIMIT active + expired + p_more - allowed
	), p_planner.owner, '');
END
$$;
-- +goose StatementEnd

-- drop_entries deletes entries of a planner, and returns which holds went. What was inside of the entries stays, and gets another parent
-- with attach.
-- +goose StatementBegin
CREATE FUNCTION drop_entries(p_ids bigint[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	dropped jsonb;
BEGIN
	PERFORM unsettle(vrf, range) FROM entry WHERE id = ANY (p_ids) AND rank = 4;
	PERFORM detach(array_agg(id)) FROM entry WHERE parent = ANY (p_ids) AND NOT id = ANY (p_ids);
	WITH gone AS (
		DELETE FROM entry WHERE id = ANY (p_ids) RETURNING *
	)
	SELECT coalesce(jsonb_agg(change_of('dropped', kind, cluster, range, vrf, network, delegate) ORDER BY range), '[]') INTO dropped
		FROM gone WHERE state = 'hold';
	RETURN dropped;
END
$$;
-- +goose StatementEnd

-- replace_holds deletes holds of a planner in whose place a later plan of it chose other ranges. Earlier plans, of which some may be saved,
-- cannot be applied any more: they are warned.
-- +goose StatementBegin
CREATE FUNCTION replace_holds(p_planner planner, p_ids bigint[]) RETURNS jsonb LANGUAGE sql AS $$
	INSERT INTO lost (planner, kind, cluster, range, vrf, network, class, demand, delegate, attributes, to_owner, to_planner)
	SELECT planner, kind, cluster, range, vrf, network, class, demand, delegate, attributes, p_planner.owner, p_planner.name FROM entry
	WHERE id = ANY (p_ids) AND planned AND demand <> ''
	ON CONFLICT (planner, range, kind, cluster, vrf, network)
		DO UPDATE SET demand = excluded.demand, to_owner = excluded.to_owner, to_planner = excluded.to_planner, at = now();
	SELECT drop_entries(p_ids)
$$;
-- +goose StatementEnd

-- free_delegates prepares blocks in some state, which are delegated to another owner now, for their change.
-- +goose StatementBegin
CREATE FUNCTION free_delegates(p_planner integer, p_entries given[], p_state text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	changed bigint[];
BEGIN
	SELECT array_agg(e.id) INTO changed FROM entry e JOIN unnest(p_entries) g
		ON e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf AND e.network = g.network
		WHERE e.planner = p_planner AND p_state IN ('', e.state) AND e.delegate <> g.delegate;
	PERFORM unsettle(vrf, range) FROM entry WHERE id = ANY (changed);
	PERFORM detach(array_agg(id)) FROM entry WHERE parent = ANY (changed);
END
$$;
-- +goose StatementEnd

-- hold writes the entries that a planner plans and does not have as claims. p_seen says that the state has the planner's token.
-- +goose StatementBegin
CREATE FUNCTION hold(p_owner text, p_planner text, p_seen boolean, p_entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off SET jit = off AS $$
DECLARE
	me planner;
	entries given[];
	wanted given[];
	successors given[];
	changes jsonb;
	replaced jsonb;
	until timestamptz;
	lifetime interval;
	in_the_way jsonb;
BEGIN
	PERFORM lock_ledger();
	me := the_planner(p_owner, p_planner);
	IF p_seen AND NOT me.confirmed THEN
		UPDATE planner SET confirmed = true WHERE id = me.id;
	END IF;
	SELECT hold_lifetime INTO lifetime FROM setting;
	until := now() + lifetime;
	entries := read_given(me.id, p_entries);
	IF cardinality(entries) = 0 THEN
		RETURN;
	END IF;

	BEGIN
		-- Holds of other ranges for the same demands, and those that change their class, make place.
		SELECT replace_holds(me, array_agg(e.id)) INTO changes FROM entry e JOIN unnest(entries) g
			ON e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf AND e.network = g.network
			WHERE e.planner = me.id AND e.state = 'hold'
				AND (e.range <> g.range AND e.demand = g.demand AND g.demand <> '' OR e.range = g.range AND e.class <> g.class);
		PERFORM free_delegates(me.id, entries, 'hold');
		UPDATE entry e SET expires = until, planned = true, demand = g.demand, delegate = g.delegate, attributes = g.attributes
			FROM unnest(entries) g
			WHERE e.planner = me.id AND e.state = 'hold' AND e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster
				AND e.vrf = g.vrf AND e.network = g.network
				-- The plan at the start of an apply follows the first one: it does not write every hold again for a later expiry.
				AND (e.expires < until - lifetime / 100 OR NOT e.planned OR e.demand <> g.demand OR e.delegate <> g.delegate
					OR e.attributes <> g.attributes);

		wanted := hold_wanted(me, entries);
		successors := covered(me.id, wanted);
		-- So do those of another plan that can be neither beside a wanted one nor around it.
		SELECT replace_holds(me, array_agg(e.id)) INTO replaced FROM unnest(wanted) g
			JOIN domain d ON d.vrf = g.vrf AND d.class = g.class AND d.network = CASE g.class WHEN 'network' THEN g.network ELSE '' END
			JOIN entry e ON share_addresses(e.range, g.range) AND e.vrf = g.vrf
			WHERE e.planner + 0 = me.id AND e.state = 'hold' AND (
				e.domain = d.id AND g.class <> 'shared' AND (e.opens OR g.kind = 'block')
				OR e.rank = 4 AND heeds_delegation(g.kind, g.class) OR g.delegate <> '' AND heeds_delegation(e.kind, e.class)
			) AND NOT EXISTS (
				SELECT FROM unnest(entries) n
				WHERE e.range = n.range AND e.kind = n.kind AND e.cluster = n.cluster AND e.vrf = n.vrf AND e.network = n.network
			);
		changes := changes || replaced || check_quota(me, cardinality(wanted)) || take_expired(me, wanted);
		PERFORM enter(me, successors, 'hold', until, true);
		PERFORM enter(me, wanted, 'hold', until, false);
		PERFORM attach();
		SET CONSTRAINTS entry_parent, entry_delegation IMMEDIATE;
	EXCEPTION WHEN exclusion_violation OR check_violation OR foreign_key_violation THEN
		in_the_way := blockers(me, entries);
		IF in_the_way IS NULL THEN
			RAISE;
		END IF;
		RAISE EXCEPTION 'range is taken' USING ERRCODE = 'LG001', DETAIL = in_the_way;
	END;
	DELETE FROM lost l USING unnest(entries) g -- an earlier plan can be applied again
		WHERE l.planner = me.id AND l.range = g.range AND l.kind = g.kind AND l.cluster = g.cluster AND l.vrf = g.vrf
			AND l.network = g.network;
	PERFORM note(me, 'hold', changes || (
		SELECT coalesce(jsonb_agg(change_of('held', kind, cluster, range, vrf, network, delegate) ORDER BY range), '[]') FROM unnest(wanted)
	));
END
$$;
-- +goose StatementEnd

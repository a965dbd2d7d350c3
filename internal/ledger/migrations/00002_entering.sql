-- How entries get into the ledger and find their parents. Only the owner of the schema calls these functions.
--
-- Statistics of a young or fast growing ledger are wrong, so no statement may depend on them for its speed. Where entries are looked for by
-- their range, + 0 keeps other columns from the choice of an index; entries that are the same are joined by hash, since hold and apply
-- switch nested loops off.

-- +goose Up
-- An entry as a client gives it.
CREATE TYPE given AS (
	kind text, cluster text, range cidr, vrf text, network text, class text, demand text, delegate text, attributes jsonb,
	takes boolean -- also a block around it whose hold has expired
);

-- lock_ledger waits for all other writers. The key is of two integers; one of a single bigint is another lock.
-- +goose StatementBegin
CREATE FUNCTION lock_ledger() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
	SELECT pg_advisory_xact_lock(1667851378, hashtext(current_schema()))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION lock_ledger_shared() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
	SELECT pg_advisory_xact_lock_shared(1667851378, hashtext(current_schema()))
$$;
-- +goose StatementEnd

-- the_planner returns the row of a planner, made where there is none.
-- +goose StatementBegin
CREATE FUNCTION the_planner(p_owner text, p_name text) RETURNS planner LANGUAGE plpgsql AS $$
DECLARE
	found_planner planner;
BEGIN
	INSERT INTO owner (name) VALUES (p_owner) ON CONFLICT (name) DO UPDATE SET last_seen = now();
	INSERT INTO planner (owner, name) VALUES (p_owner, p_name)
		ON CONFLICT (owner, name) DO UPDATE SET last_seen = now()
		RETURNING * INTO found_planner;
	RETURN found_planner;
END
$$;
-- +goose StatementEnd

-- read_given reads entries of a client. An entry without a class keeps the one that it has in the ledger, or is unique.
-- +goose StatementBegin
CREATE FUNCTION read_given(p_planner integer, p_entries jsonb) RETURNS given[] LANGUAGE sql STABLE AS $$
	SELECT coalesce(array_agg(
		ROW(
			g.kind, coalesce(g.cluster, ''), g.range, coalesce(g.vrf, ''), coalesce(g.network, ''),
			coalesce(nullif(g.class, ''), e.class, 'unique'),
			coalesce(g.demand, ''), coalesce(g.delegate, ''), coalesce(g.attributes, '{}'),
			coalesce(g.takes, false)
		)::given
		ORDER BY masklen(g.range), g.range
	), '{}')
	FROM jsonb_populate_recordset(NULL::given, p_entries) g
	LEFT JOIN entry e ON e.planner = p_planner AND e.range = g.range AND e.kind = g.kind AND e.cluster = coalesce(g.cluster, '')
		AND e.vrf = coalesce(g.vrf, '') AND e.network = coalesce(g.network, '')
$$;
-- +goose StatementEnd

-- make_domains makes the domains of entries.
-- +goose StatementBegin
CREATE FUNCTION make_domains(p_entries given[]) RETURNS void LANGUAGE sql AS $$
	INSERT INTO domain (vrf, class, network)
	SELECT DISTINCT vrf, class, CASE class WHEN 'network' THEN network ELSE '' END FROM unnest(p_entries)
	ON CONFLICT DO NOTHING
$$;
-- +goose StatementEnd

-- host_of returns the innermost entry that an entry may be inside of. Released blocks keep what they have inside, and get nothing new.
-- +goose StatementBegin
CREATE FUNCTION host_of(
	p_domain integer, p_range cidr, p_rank integer, p_state text, p_planner planner, p_cluster text, p_released boolean
) RETURNS SETOF entry LANGUAGE sql STABLE AS $$
	SELECT h.* FROM entry h
	WHERE h.opens AND h.range >>= p_range AND h.domain = p_domain
		AND (h.range >> p_range OR least(h.rank, 3) > p_rank)
		AND (p_released OR h.kind <> 'released' OR h.planner = p_planner.id)
		AND (
			h.admits = (ARRAY[p_planner.owner, p_planner.name, p_cluster])[1:cardinality(h.admits)]
			OR h.planner = p_planner.id AND (p_state = 'hold' OR cardinality(h.admits) < 3)
		)
	ORDER BY masklen(h.range) DESC, h.rank
	LIMIT 1
$$;
-- +goose StatementEnd

-- adopt makes entries beside one (in its parent) and inside of its range its children.
-- +goose StatementBegin
CREATE FUNCTION adopt(p_host entry) RETURNS void LANGUAGE sql AS $$
	UPDATE entry SET parent = p_host.id, parent_planner = p_host.planner, parent_range = p_host.range,
		parent_rank = p_host.rank, parent_admits = p_host.admits
	WHERE share_addresses(range, p_host.range) AND range <<= p_host.range AND domain + 0 = p_host.domain
		AND class <> 'shared' AND id <> p_host.id AND coalesce(parent, 0) = coalesce(p_host.parent, 0)
		AND (range << p_host.range OR rank < least(p_host.rank, 3))
$$;
-- +goose StatementEnd

-- open_entry lets other entries be inside of one that is in the ledger.
-- +goose StatementBegin
CREATE FUNCTION open_entry(p_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	host entry;
BEGIN
	SELECT * INTO STRICT host FROM entry WHERE id = p_id;
	host.opens := true;
	host.admits := admits_of(host.kind, host.owner, host.planner_name, host.cluster, host.delegate);
	PERFORM adopt(host);
	UPDATE entry SET opens = true WHERE id = p_id;
END
$$;
-- +goose StatementEnd

-- detach takes entries out of their parents until attach; no other entry is beside them meanwhile. The reference to a parent that does
-- not exist cannot be committed.
-- +goose StatementBegin
CREATE FUNCTION detach(p_ids bigint[]) RETURNS void LANGUAGE sql AS $$
	UPDATE entry SET parent = -id, parent_planner = planner, parent_range = range, parent_rank = 5, parent_admits = '{}'
	WHERE id = ANY (p_ids)
$$;
-- +goose StatementEnd

-- delegation_of returns the innermost delegated block, or block inside of one, that a range is in. One that waits for settle is none.
-- +goose StatementBegin
CREATE FUNCTION delegation_of(p_vrf text, p_range cidr, p_block boolean) RETURNS SETOF entry LANGUAGE sql STABLE AS $$
	SELECT d.* FROM entry d
	WHERE d.opens AND d.rank = 4 AND d.range >>= p_range AND d.vrf = p_vrf AND coalesce(d.delegation, 0) >= 0
		AND (d.range >> p_range OR NOT p_block)
	ORDER BY masklen(d.range) DESC
	LIMIT 1
$$;
-- +goose StatementEnd

-- unsettle takes the blocks in a range, and what heeds delegations there, out of their delegated blocks until settle. A delegated block
-- may then come, go, or be delegated to another owner.
-- +goose StatementBegin
CREATE FUNCTION unsettle(p_vrf text, p_range cidr) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	unsettled bigint[];
BEGIN
	SELECT array_agg(id) INTO unsettled FROM entry
		WHERE share_addresses(range, p_range) AND range <<= p_range AND vrf = p_vrf
			AND (opens AND kind = 'block' AND class = 'unique' OR heeds_delegation(kind, class));
	PERFORM detach(array_agg(c.id)) FROM entry c JOIN entry b ON b.id = c.parent WHERE b.id = ANY (unsettled) AND b.rank = 3;
	UPDATE entry SET delegation = -id, delegation_domain = domain, delegation_planner = planner, delegation_range = range,
			delegation_rank = 5, delegation_admits = '{}'
		WHERE id = ANY (unsettled);
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION settle() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	e entry;
	host entry;
BEGIN
	FOR e IN SELECT * FROM entry WHERE delegation < 0 ORDER BY masklen(range), rank DESC, range LOOP
		SELECT * INTO host FROM delegation_of(e.vrf, e.range, e.rank = 4);
		IF e.rank = 4 AND e.delegate = '' AND host.id IS NULL THEN -- its rank becomes 3
			PERFORM detach(array_agg(id)) FROM entry WHERE parent = e.id;
		END IF;
		UPDATE entry SET delegation = host.id, delegation_domain = host.domain, delegation_planner = host.planner,
				delegation_range = host.range, delegation_rank = host.rank, delegation_admits = host.admits
			WHERE id = e.id;
	END LOOP;
END
$$;
-- +goose StatementEnd

-- attach gives entries their places inside of others.
-- +goose StatementBegin
CREATE FUNCTION attach() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	child entry;
	host entry;
	whose planner;
BEGIN
	PERFORM settle();
	FOR child IN SELECT * FROM entry WHERE parent < 0 ORDER BY masklen(range), rank DESC, range LOOP
		SELECT * INTO STRICT whose FROM planner WHERE id = child.planner;
		SELECT * INTO host FROM host_of(child.domain, child.range, child.rank, child.state, whose, child.cluster, true);
		UPDATE entry SET parent = host.id, parent_planner = host.planner, parent_range = host.range,
			parent_rank = host.rank, parent_admits = host.admits
		WHERE id = child.id;
	END LOOP;
END
$$;
-- +goose StatementEnd

-- missing returns the given entries that a planner does not have.
-- +goose StatementBegin
CREATE FUNCTION missing(p_planner integer, p_entries given[]) RETURNS given[] LANGUAGE sql STABLE AS $$
	SELECT coalesce(array_agg(g), '{}') FROM unnest(p_entries) g
	WHERE NOT EXISTS (
		SELECT FROM entry e
		WHERE e.planner = p_planner AND e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf
			AND e.network = g.network
	)
$$;
-- +goose StatementEnd

-- covered returns the given entries that are inside an entry of their planner, and inside what another planner released.
-- +goose StatementBegin
CREATE FUNCTION covered(p_planner integer, p_entries given[]) RETURNS given[] LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM entry WHERE opens AND kind = 'released' AND planner <> p_planner) THEN
		RETURN '{}';
	END IF;
	RETURN (
		SELECT coalesce(array_agg(g), '{}') FROM unnest(p_entries) g
		JOIN domain d ON d.vrf = g.vrf AND d.class = g.class AND d.network = CASE g.class WHEN 'network' THEN g.network ELSE '' END
		WHERE EXISTS (
			SELECT FROM entry e
			WHERE share_addresses(e.range, g.range) AND e.range >>= g.range AND e.domain + 0 = d.id AND e.planner + 0 = p_planner
		)
	);
END
$$;
-- +goose StatementEnd

-- enter writes entries that the planner does not have. p_released says that they may be inside what another planner released: they
-- take the place of others of their planner there. Those that open come first, the largest ones before those inside of them. A hold of
-- kind kept does not open: what is inside is of the same planner, whose holds may overlap.
-- +goose StatementBegin
CREATE FUNCTION enter(
	p_planner planner, p_entries given[], p_state text, p_expires timestamptz, p_released boolean
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	g record;
	host entry;
	opened entry;
	delegated boolean;
BEGIN
	p_entries := missing(p_planner.id, p_entries);
	IF cardinality(p_entries) = 0 THEN
		RETURN;
	END IF;
	PERFORM make_domains(p_entries);
	FOR g IN
		SELECT e.*, d.id AS domain, CASE e.kind WHEN 'block' THEN 3 WHEN 'released' THEN 2 ELSE 1 END AS rank
		FROM unnest(p_entries) e
		JOIN domain d ON d.vrf = e.vrf AND d.class = e.class AND d.network = CASE e.class WHEN 'network' THEN e.network ELSE '' END
		WHERE e.class <> 'shared' AND (
			e.kind = 'block'
			OR e.kind = 'kept' AND p_state = 'claim'
			OR e.kind = 'released' AND p_state = 'claim' AND EXISTS (
				SELECT FROM entry i
				WHERE share_addresses(i.range, e.range) AND i.range <<= e.range AND i.domain + 0 = d.id AND (i.planner <> p_planner.id OR i.opens)
			)
		)
		ORDER BY masklen(e.range), rank DESC, e.range
	LOOP
		-- What the planner released may get a block of its own inside.
		PERFORM open_entry(r.id) FROM entry r
			WHERE share_addresses(r.range, g.range) AND r.range >> g.range AND r.planner + 0 = p_planner.id AND r.domain + 0 = g.domain
				AND r.kind = 'released' AND NOT r.opens;
		SELECT * INTO host FROM host_of(g.domain, g.range, g.rank, p_state, p_planner, g.cluster, p_released);
		opened := NULL;
		opened.id := nextval(pg_get_serial_sequence('entry', 'id'));
		opened.planner := p_planner.id;
		opened.domain := g.domain;
		opened.range := g.range;
		opened.rank := g.rank;
		opened.parent := host.id;
		opened.admits := admits_of(g.kind, p_planner.owner, p_planner.name, g.cluster, g.delegate);
		delegated := g.kind = 'block' AND g.class = 'unique' AND (g.delegate <> '' OR EXISTS (
			SELECT FROM entry d WHERE d.opens AND d.rank = 4 AND d.range >> g.range AND d.vrf = g.vrf
		));
		IF delegated THEN
			PERFORM unsettle(g.vrf, g.range);
			opened.rank := 4;
		END IF;
		IF delegated OR heeds_delegation(g.kind, g.class) THEN -- settle finds the block around it
			opened.delegation := -opened.id;
			opened.delegation_domain := g.domain;
			opened.delegation_planner := p_planner.id;
			opened.delegation_range := g.range;
			opened.delegation_rank := 5;
			opened.delegation_admits := '{}';
		END IF;
		PERFORM adopt(opened);
		INSERT INTO entry (
			id, planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, delegate, attributes,
			state, expires, opens, parent, parent_planner, parent_range, parent_rank, parent_admits,
			delegation, delegation_domain, delegation_planner, delegation_range, delegation_rank, delegation_admits
		) VALUES (
			opened.id, p_planner.id, p_planner.owner, p_planner.name, g.kind, g.cluster, g.range, g.vrf, g.network, g.class, g.domain,
			g.demand, g.delegate, g.attributes, p_state, p_expires, true,
			host.id, host.planner, host.range, host.rank, host.admits,
			opened.delegation, opened.delegation_domain, opened.delegation_planner, opened.delegation_range, opened.delegation_rank,
			opened.delegation_admits
		);
	END LOOP;

	PERFORM settle();
	IF opened.id IS NOT NULL THEN
		p_entries := missing(p_planner.id, p_entries);
	END IF;
	INSERT INTO entry (
		planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, delegate, attributes,
		state, expires, parent, parent_planner, parent_range, parent_rank, parent_admits,
		delegation, delegation_domain, delegation_planner, delegation_range, delegation_rank, delegation_admits
	)
	SELECT p_planner.id, p_planner.owner, p_planner.name, e.kind, e.cluster, e.range, e.vrf, e.network, e.class, d.id,
		e.demand, e.delegate, e.attributes, p_state, p_expires, h.id, h.planner, h.range, h.rank, h.admits,
		w.id, w.domain, w.planner, w.range, w.rank, w.admits
	FROM unnest(p_entries) e
	JOIN domain d ON d.vrf = e.vrf AND d.class = e.class AND d.network = CASE e.class WHEN 'network' THEN e.network ELSE '' END
	LEFT JOIN LATERAL host_of(
		d.id, e.range, CASE e.kind WHEN 'released' THEN 2 WHEN 'kept' THEN 1 ELSE 0 END, p_state, p_planner, e.cluster, p_released
	) h ON e.class <> 'shared'
	LEFT JOIN LATERAL delegation_of(e.vrf, e.range, false) w ON heeds_delegation(e.kind, e.class)
	ORDER BY d.id, e.range;
END
$$;
-- +goose StatementEnd

-- excludes says whether an entry keeps a given one of another planner out.
-- +goose StatementBegin
CREATE FUNCTION excludes(e entry, g given, p_domain integer, p_planner planner) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN e.domain = p_domain THEN g.class <> 'shared'
			AND NOT (
				e.opens AND e.kind <> 'released' AND e.range >>= g.range AND (e.range >> g.range OR g.kind <> 'block')
				AND e.admits = (ARRAY[p_planner.owner, p_planner.name, g.cluster])[1:cardinality(e.admits)]
			)
			AND NOT (g.kind = 'block' AND e.range <<= g.range AND (e.range << g.range OR e.kind <> 'block') AND g.delegate IN ('', e.owner))
		WHEN e.rank = 4 THEN heeds_delegation(g.kind, g.class)
			AND NOT (e.range >>= g.range AND e.admits IN ('{}', ARRAY[p_planner.owner]))
			AND NOT EXISTS (SELECT FROM entry i WHERE i.delegation = e.id AND i.rank = 4 AND i.range >>= g.range)
		ELSE g.kind = 'block' AND g.class = 'unique' AND heeds_delegation(e.kind, e.class) AND (g.delegate <> '' OR e.delegation IS NOT NULL)
			AND NOT (e.range <<= g.range AND g.delegate IN ('', e.owner))
	END
$$;
-- +goose StatementEnd

-- blockers returns entries of others that keep given ones out, as JSON, at most ten.
-- +goose StatementBegin
CREATE FUNCTION blockers(p_planner planner, p_entries given[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_agg(b) FROM (
		SELECT g.kind, g.cluster, g.range, g.vrf, e.owner AS by_owner, e.planner_name AS by_planner, e.kind AS by_kind,
			e.cluster AS by_cluster, e.range AS by_range, e.state AS by_state, e.expires AS by_expires, e.delegate AS by_delegate
		FROM unnest(p_entries) g
		LEFT JOIN domain d ON d.vrf = g.vrf AND d.class = g.class AND d.network = CASE g.class WHEN 'network' THEN g.network ELSE '' END
		JOIN entry e ON share_addresses(e.range, g.range) AND e.vrf = g.vrf AND e.planner <> p_planner.id
		WHERE excludes(e, g, d.id, p_planner)
		ORDER BY g.range, masklen(e.range) DESC
		LIMIT 10
	) b
$$;
-- +goose StatementEnd

-- change_of is what happened to an entry, as the history has it: names and ranges, and neither its demand nor its attributes.
-- +goose StatementBegin
CREATE FUNCTION change_of(
	p_change text, p_kind text, p_cluster text, p_range cidr, p_vrf text, p_network text, p_delegate text
) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT jsonb_strip_nulls(jsonb_build_object(
		'change', p_change, 'kind', p_kind, 'cluster', p_cluster, 'range', p_range, 'vrf', p_vrf,
		'network', nullif(p_network, ''), 'delegate', nullif(p_delegate, '')
	))
$$;
-- +goose StatementEnd

-- note writes a line of history, where something changed.
-- +goose StatementBegin
CREATE FUNCTION note(p_planner planner, p_action text, p_changes jsonb) RETURNS void LANGUAGE sql AS $$
	INSERT INTO history (owner, planner, action, serial, changes)
	SELECT p_planner.owner, p_planner.name, p_action, p_planner.serial, p_changes
	WHERE jsonb_array_length(p_changes) > 0
$$;
-- +goose StatementEnd

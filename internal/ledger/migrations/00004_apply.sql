-- The functions apply and release: a state gets what it planned, or gives it back.

-- +goose Up
-- same_claims says whether the claims of a planner have exactly the given ranges.
-- +goose StatementBegin
CREATE FUNCTION same_claims(p_planner integer, p_entries given[]) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT NOT EXISTS (
		SELECT FROM (SELECT * FROM entry WHERE planner = p_planner AND state = 'claim') e
		FULL JOIN unnest(p_entries) g ON e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf
			AND e.network = g.network
		WHERE e.id IS NULL OR g.range IS NULL
	)
$$;
-- +goose StatementEnd

-- check_apply refuses an apply of an older plan, and one of another state.
-- +goose StatementBegin
CREATE FUNCTION check_apply(p_planner planner, p_before bigint, p_serial bigint, p_token text, p_entries given[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
	IF p_planner.serial <> p_before OR p_serial <= p_before THEN
		RAISE EXCEPTION 'the ledger has another serial' USING ERRCODE = 'LG002',
			DETAIL = jsonb_build_object('have', p_planner.serial, 'want', p_before, 'next', p_serial);
	END IF;
	IF p_token = '' THEN
		RAISE EXCEPTION 'an apply needs a token' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	IF p_planner.confirmed AND p_planner.token <> p_token AND NOT same_claims(p_planner.id, p_entries)
		AND EXISTS (SELECT FROM entry WHERE planner = p_planner.id AND state = 'claim')
	THEN
		RAISE EXCEPTION 'the planner belongs to another state' USING ERRCODE = 'LG003',
			DETAIL = jsonb_build_object('owner', p_planner.owner, 'planner', p_planner.name);
	END IF;
END
$$;
-- +goose StatementEnd

-- gone returns the entries of a planner that are not among the given ones.
-- +goose StatementBegin
CREATE FUNCTION gone(p_planner planner, p_entries given[]) RETURNS bigint[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(e.id) FROM entry e
		LEFT JOIN unnest(p_entries) g ON e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf
			AND e.network = g.network AND e.class = g.class
		WHERE e.planner = p_planner.id AND g.range IS NULL
$$;
-- +goose StatementEnd

-- guests returns the entries of others that are inside of some claims of a planner.
-- +goose StatementBegin
CREATE FUNCTION guests(p_planner planner, p_claims bigint[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
	open bigint[];
BEGIN
	SELECT array_agg(id) INTO open FROM entry WHERE id = ANY (p_claims) AND state = 'claim' AND opens;
	RETURN (
		SELECT array_agg(id) FROM entry WHERE (parent = ANY (open) OR delegation = ANY (open)) AND planner <> p_planner.id
	);
END
$$;
-- +goose StatementEnd

-- refuse_guests refuses to leave entries of others, which were inside a claim, without one around them.
-- +goose StatementBegin
CREATE FUNCTION refuse_guests(p_guests bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF p_guests IS NOT NULL THEN
		RAISE EXCEPTION 'a block has entries of others' USING ERRCODE = 'LG005', DETAIL = (
			SELECT jsonb_agg(jsonb_build_object(
				'by_owner', owner, 'by_planner', planner_name, 'by_kind', kind, 'by_cluster', cluster, 'by_range', range, 'vrf', vrf,
				'by_state', state, 'by_expires', expires
			) ORDER BY range)
			FROM (SELECT * FROM entry WHERE id = ANY (p_guests) ORDER BY range LIMIT 10) e
		);
	END IF;
END
$$;
-- +goose StatementEnd

-- claim_entries makes the claims of a planner exactly the given ones.
-- +goose StatementBegin
CREATE FUNCTION claim_entries(p_planner planner, p_entries given[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	ends bigint[] := gone(p_planner, p_entries);
	inside bigint[] := guests(p_planner, ends);
	successors given[] := covered(p_planner.id, p_entries);
BEGIN
	PERFORM drop_entries(ends);

	PERFORM free_delegates(p_planner.id, p_entries, '');
	PERFORM open_entry(e.id) FROM entry e
		WHERE e.planner = p_planner.id AND e.kind = 'kept' AND NOT e.opens AND e.class <> 'shared';
	UPDATE entry e SET state = 'claim', expires = NULL, planned = true, since = CASE e.state WHEN 'claim' THEN e.since ELSE now() END,
			demand = g.demand, delegate = g.delegate, attributes = g.attributes
		FROM unnest(p_entries) g
		WHERE e.planner = p_planner.id AND e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf
			AND e.network = g.network
			AND (e.state = 'hold' OR e.demand <> g.demand OR e.delegate <> g.delegate OR e.attributes <> g.attributes);
	PERFORM enter(p_planner, successors, 'claim', NULL, true);
	PERFORM enter(p_planner, p_entries, 'claim', NULL, false);
	PERFORM attach();
	PERFORM refuse_guests(array_agg(id)) FROM entry c WHERE id = ANY (inside) AND CASE class
		WHEN 'unique' THEN parent_planner IS DISTINCT FROM p_planner.id
		ELSE NOT EXISTS (
			SELECT FROM entry h WHERE share_addresses(h.range, c.range) AND h.range >>= c.range AND h.planner + 0 = p_planner.id
				AND h.vrf = c.vrf AND h.state = 'claim' AND h.kind IN ('block', 'released')
		)
	END;
	SET CONSTRAINTS entry_parent, entry_delegation IMMEDIATE;
END
$$;
-- +goose StatementEnd

-- claim_changes says what an apply changes, for the history.
-- +goose StatementBegin
CREATE FUNCTION claim_changes(p_planner integer, p_entries given[]) RETURNS jsonb LANGUAGE sql STABLE AS $$
	SELECT coalesce(jsonb_agg(CASE
		WHEN g.range IS NULL THEN
			change_of(CASE e.state WHEN 'claim' THEN 'freed' ELSE 'dropped' END, e.kind, e.cluster, e.range, e.vrf, e.network, e.delegate)
		ELSE
			change_of(CASE e.state WHEN 'claim' THEN 'delegated' ELSE 'claimed' END, g.kind, g.cluster, g.range, g.vrf, g.network, g.delegate)
	END ORDER BY coalesce(g.range, e.range)), '[]')
	FROM (SELECT * FROM entry WHERE planner = p_planner) e
	FULL JOIN unnest(p_entries) g ON e.range = g.range AND e.kind = g.kind AND e.cluster = g.cluster AND e.vrf = g.vrf
		AND e.network = g.network
	WHERE e.id IS NULL OR g.range IS NULL OR e.state = 'hold' OR e.delegate <> g.delegate
$$;
-- +goose StatementEnd

-- rename_planner gives the planner of a token another name, if it has another one. What a planner of the new name holds goes; claims of
-- such a planner are those of another state. It does not change the owner: a copy of a state in another workspace has the same token.
-- +goose StatementBegin
CREATE FUNCTION rename_planner(p_owner text, p_planner text, p_token text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	was planner;
	now planner;
	changes jsonb;
BEGIN
	SELECT * INTO was FROM planner WHERE token = p_token AND token <> '' AND owner = p_owner AND name <> p_planner;
	IF was.id IS NULL THEN
		RETURN;
	END IF;
	SELECT * INTO now FROM planner WHERE owner = p_owner AND name = p_planner;
	IF EXISTS (SELECT FROM entry WHERE planner = now.id AND state = 'claim') THEN
		RAISE EXCEPTION 'the planner belongs to another state' USING ERRCODE = 'LG003',
			DETAIL = jsonb_build_object('owner', p_owner, 'planner', p_planner);
	END IF;
	SELECT drop_entries(array_agg(id)) INTO changes FROM entry WHERE planner = now.id;
	PERFORM attach();
	DELETE FROM lost WHERE planner = now.id;
	DELETE FROM planner WHERE id = now.id;
	-- Growth reserves admit what has the owner and name of their planner.
	PERFORM detach(array_agg(c.id)) FROM entry c JOIN entry e ON e.id = c.parent WHERE e.planner = was.id AND e.kind = 'kept';
	UPDATE planner SET name = p_planner WHERE id = was.id;
	PERFORM attach();
	changes := changes || jsonb_build_object('change', 'renamed', 'owner', p_owner, 'planner', was.name);
	was.name := p_planner;
	PERFORM note(was, 'rename', changes);
END
$$;
-- +goose StatementEnd

-- apply makes the entries of a planner exactly those of its plan, if the ledger still has the serial that the plan has seen. Called again
-- with the same plan, it changes nothing.
-- +goose StatementBegin
CREATE FUNCTION apply(p_owner text, p_planner text, p_before bigint, p_serial bigint, p_token text, p_entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off SET jit = off AS $$
DECLARE
	me planner;
	entries given[];
	changes jsonb;
	in_the_way jsonb;
BEGIN
	PERFORM lock_ledger();
	PERFORM rename_planner(p_owner, p_planner, p_token);
	me := the_planner(p_owner, p_planner);
	entries := read_given(me.id, p_entries);
	IF me.serial = p_serial AND me.token = p_token AND p_serial > p_before AND same_claims(me.id, entries) THEN
		RETURN; -- it was committed, and the answer was lost
	END IF;
	PERFORM check_apply(me, p_before, p_serial, p_token, entries);
	changes := claim_changes(me.id, entries);
	BEGIN
		PERFORM claim_entries(me, entries);
	EXCEPTION WHEN exclusion_violation OR check_violation OR foreign_key_violation THEN
		in_the_way := blockers(me, entries);
		IF in_the_way IS NULL THEN
			PERFORM refuse_guests(guests(me, gone(me, entries))); -- which no block around a block that ends admits
			RAISE;
		END IF;
		RAISE EXCEPTION 'range is taken' USING ERRCODE = 'LG001', DETAIL = in_the_way;
	END;
	DELETE FROM lost WHERE planner = me.id;
	UPDATE planner SET serial = p_serial, token = p_token, confirmed = confirmed AND token = p_token WHERE id = me.id
		RETURNING * INTO me;
	PERFORM note(me, 'apply', changes);
END
$$;
-- +goose StatementEnd

-- give_back makes claims holds that expire after p_grace. p_holds says that holds expire then as well, if not before: plans may still rely
-- on these. A block with entries of others inside stays.
-- +goose StatementBegin
CREATE FUNCTION give_back(p_planner planner, p_grace interval, p_action text, p_holds boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	changes jsonb;
	had_claims boolean;
BEGIN
	PERFORM refuse_guests(array_agg(id)) FROM entry
		WHERE id = ANY (guests(p_planner, gone(p_planner, '{}'))) AND (state = 'claim' OR owner <> p_planner.owner AND expires >= now());
	SELECT coalesce(jsonb_agg(change_of('released', kind, cluster, range, vrf, network, delegate) ORDER BY range), '[]') INTO changes
		FROM entry WHERE planner = p_planner.id AND (state = 'claim' OR p_holds AND expires > now() + p_grace);
	-- Of a hold and a claim for one demand, the claim is the one to keep.
	SELECT changes || drop_entries(array_agg(h.id)) INTO changes FROM entry h JOIN entry c
		ON c.planner = h.planner AND c.demand = h.demand AND c.kind = h.kind AND c.cluster = h.cluster AND c.vrf = h.vrf
			AND c.network = h.network
		WHERE h.planner = p_planner.id AND h.state = 'hold' AND c.state = 'claim' AND h.demand <> '';
	UPDATE entry SET expires = now() + p_grace WHERE planner = p_planner.id AND p_holds AND expires > now() + p_grace;
	UPDATE entry SET state = 'hold', expires = now() + p_grace, since = now(), planned = NOT p_holds
		WHERE planner = p_planner.id AND state = 'claim';
	had_claims := FOUND;
	PERFORM attach();
	SET CONSTRAINTS entry_parent, entry_delegation IMMEDIATE;
	-- A destroy keeps the serial: a replacement plans the next one before it destroys. After any other release of claims, an apply that was
	-- planned before must not bring them back.
	UPDATE planner SET serial = serial + (p_holds AND had_claims)::integer, token = '', confirmed = false
		WHERE id = p_planner.id RETURNING * INTO p_planner;
	PERFORM note(p_planner, p_action, changes);
END
$$;
-- +goose StatementEnd

-- release is what a destroy does. Without claims it changes nothing, unless the planner of the token has another name. It refuses a state
-- that the ledger has under another owner.
-- +goose StatementBegin
CREATE FUNCTION release(p_owner text, p_planner text, p_token text, p_grace interval) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off SET jit = off AS $$
DECLARE
	me planner;
BEGIN
	PERFORM lock_ledger();
	SELECT * INTO me FROM planner WHERE owner = p_owner AND name = p_planner;
	IF NOT EXISTS (SELECT FROM entry WHERE planner = me.id AND state = 'claim') THEN
		SELECT * INTO me FROM planner p WHERE token = p_token AND token <> ''
			AND EXISTS (SELECT FROM entry WHERE planner = p.id AND state = 'claim');
		IF me.owner <> p_owner THEN
			RAISE EXCEPTION 'the ledger has the state under another owner' USING ERRCODE = 'LG007',
				DETAIL = jsonb_build_object('owner', me.owner, 'planner', me.name);
		END IF;
		IF me.id IS NULL THEN
			RETURN;
		END IF;
	END IF;
	IF me.token <> p_token THEN
		RAISE EXCEPTION 'the planner belongs to another state' USING ERRCODE = 'LG003',
			DETAIL = jsonb_build_object('owner', p_owner, 'planner', p_planner);
	END IF;
	PERFORM give_back(me, p_grace, 'release', false);
END
$$;
-- +goose StatementEnd

-- release_by_admin is for an administrator who knows that no state has these claims. The owner of the schema alone may call it.
-- +goose StatementBegin
CREATE FUNCTION release_by_admin(p_owner text, p_planner text, p_grace interval) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_nestloop = off SET jit = off AS $$
DECLARE
	me planner;
BEGIN
	PERFORM lock_ledger();
	SELECT * INTO me FROM planner WHERE owner = p_owner AND name = p_planner;
	IF me.id IS NULL THEN
		RAISE EXCEPTION 'no such planner' USING ERRCODE = 'LG006',
			DETAIL = jsonb_build_object('owner', p_owner, 'planner', p_planner);
	END IF;
	PERFORM give_back(me, p_grace, 'release by an administrator', true);
END
$$;
-- +goose StatementEnd


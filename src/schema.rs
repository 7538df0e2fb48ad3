// @generated automatically by Diesel CLI.

diesel::table! {
    amendments (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        scorecard_id -> Uuid,
        dimension -> Text,
        score -> Nullable<Int2>,
        not_enough_evidence -> Bool,
        reason -> Text,
        member_id -> Uuid,
        at -> Timestamptz,
    }
}

diesel::table! {
    api_tokens (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        name -> Text,
        secret_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        scopes -> Array<Text>,
    }
}

diesel::table! {
    applications (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        job_id -> Uuid,
        candidate_id -> Uuid,
        created_at -> Timestamptz,
        accommodation -> Text,
    }
}

diesel::table! {
    authenticators (org_id, member_id) {
        org_id -> Uuid,
        member_id -> Uuid,
        sealed_secret -> Bytea,
        last_step -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    candidate_imports (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        job_id -> Uuid,
        member_id -> Uuid,
        file_name -> Text,
        content -> Text,
        created_at -> Timestamptz,
        imported_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    candidates (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        name -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        note -> Text,
        created_at -> Timestamptz,
        pronunciation -> Text,
        erased_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    conflict_copies (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        scorecard_id -> Uuid,
        field -> Text,
        value -> Text,
        base_revision -> Int8,
        at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    debrief_scorecards (org_id, debrief_id, scorecard_id) {
        org_id -> Uuid,
        debrief_id -> Uuid,
        scorecard_id -> Uuid,
    }
}

diesel::table! {
    debriefs (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        application_id -> Uuid,
        opened_by -> Uuid,
        opened_at -> Timestamptz,
        revision -> Int8,
        summary -> Text,
        closed_by -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>,
        seal -> Nullable<Bytea>,
    }
}

diesel::table! {
    decisions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        application_id -> Uuid,
        outcome -> Text,
        reason -> Text,
        member_id -> Uuid,
        comparison -> Jsonb,
        inputs_digest -> Text,
        at -> Timestamptz,
        inputs -> Nullable<Jsonb>,
        figures_digest -> Nullable<Text>,
    }
}

diesel::table! {
    event_heads (org_id) {
        org_id -> Uuid,
        number -> Int8,
        hash -> Bytea,
    }
}

diesel::table! {
    events (org_id, number) {
        org_id -> Uuid,
        number -> Int8,
        at -> Timestamptz,
        member_id -> Nullable<Uuid>,
        action -> Text,
        object_kind -> Text,
        object_id -> Nullable<Uuid>,
        detail -> Jsonb,
        outcome -> Text,
        address -> Text,
        previous_hash -> Bytea,
        hash -> Bytea,
    }
}

diesel::table! {
    handovers (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        from_member_id -> Uuid,
        to_member_id -> Uuid,
        draft -> Nullable<Jsonb>,
        at -> Timestamptz,
    }
}

diesel::table! {
    identities (org_id, issuer, subject) {
        org_id -> Uuid,
        issuer -> Text,
        subject -> Text,
        member_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    interviews (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        application_id -> Uuid,
        round_id -> Uuid,
        starts_at -> Timestamptz,
        time_zone -> Text,
        minutes -> Int4,
        place -> Text,
        state -> Text,
        sequence -> Int4,
        created_by -> Uuid,
        created_at -> Timestamptz,
        cancel_reason -> Nullable<Text>,
    }
}

diesel::table! {
    jobs (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        title -> Text,
        place -> Text,
        state -> Text,
        rubric_version_id -> Uuid,
        weights -> Jsonb,
        recruiter_id -> Uuid,
        hiring_manager_id -> Uuid,
        pinned_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        revision -> Int8,
        anonymised -> Bool,
        held_at -> Nullable<Timestamptz>,
        held_by -> Nullable<Uuid>,
        hold_reason -> Nullable<Text>,
    }
}

diesel::table! {
    letter_parts (org_id, letter_id, position) {
        org_id -> Uuid,
        letter_id -> Uuid,
        position -> Int4,
        content_id -> Nullable<Text>,
        file_name -> Nullable<Text>,
        content_type -> Text,
        body -> Bytea,
    }
}

diesel::table! {
    letters (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        object_id -> Nullable<Uuid>,
        member_id -> Nullable<Uuid>,
        message_id -> Text,
        from_name -> Text,
        to_name -> Text,
        to_address -> Text,
        reply_to_name -> Nullable<Text>,
        reply_to_address -> Nullable<Text>,
        subject -> Text,
        text_body -> Text,
        html_body -> Text,
        secret_purpose -> Nullable<Text>,
        state -> Text,
        attempts -> Int4,
        due_at -> Timestamptz,
        lease_id -> Nullable<Uuid>,
        leased_until -> Nullable<Timestamptz>,
        failure -> Nullable<Text>,
        created_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
        mailbox_link -> Nullable<Text>,
        unsubscribe -> Nullable<Text>,
    }
}

diesel::table! {
    members (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        email -> Text,
        name -> Text,
        roles -> Array<Text>,
        locale -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        disabled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        reminders -> Bool,
        password_short -> Bool,
        own_jobs_only -> Bool,
        is_service -> Bool,
        is_outside -> Bool,
    }
}

diesel::table! {
    operations (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        scorecard_id -> Uuid,
        body_hash -> Bytea,
        status -> Int2,
        answer -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    organisations (id) {
        id -> Uuid,
        name -> Text,
        locale -> Text,
        time_zone -> Text,
        blind_until_submitted -> Bool,
        evidence_per_rating -> Bool,
        note_for_extremes -> Bool,
        created_at -> Timestamptz,
        evidence_hints -> Bool,
        reminders -> Bool,
        reminders_from -> Int2,
        reminders_until -> Int2,
        reminders_at_weekends -> Bool,
        escalate_after_days -> Nullable<Int2>,
        country -> Text,
        anonymises -> Bool,
        seat_link_days -> Int2,
        retention_months -> Int2,
        second_factor_required -> Bool,
    }
}

diesel::table! {
    papers (org_id, scorecard_id) {
        org_id -> Uuid,
        scorecard_id -> Uuid,
        entered_by -> Uuid,
        entered_at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
        is_right -> Nullable<Bool>,
        remark -> Text,
    }
}

diesel::table! {
    passkeys (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        credential_id -> Bytea,
        public_state -> Bytea,
        changing_state -> Bytea,
        name -> Text,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    provisioned_members (org_id, member_id) {
        org_id -> Uuid,
        member_id -> Uuid,
        external_id -> Nullable<Text>,
        given_name -> Nullable<Text>,
        family_name -> Nullable<Text>,
        created_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    questions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        key -> Text,
        dimension -> Text,
        kind -> Text,
        text -> Jsonb,
        probes -> Jsonb,
        tags -> Array<Text>,
        created_by -> Uuid,
        created_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    ratings (org_id, scorecard_id, dimension) {
        org_id -> Uuid,
        scorecard_id -> Uuid,
        dimension -> Text,
        score -> Nullable<Int2>,
        not_enough_evidence -> Bool,
        rating_revision -> Int8,
        ticks -> Array<Text>,
        ticks_revision -> Int8,
        note -> Text,
        note_revision -> Int8,
        asked -> Array<Text>,
        asked_revision -> Int8,
        seconds -> Int4,
        seconds_revision -> Int8,
    }
}

diesel::table! {
    recovery_codes (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        salt -> Bytea,
        code_hash -> Bytea,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    reminders (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        day -> Date,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rounds (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        job_id -> Uuid,
        position -> Int4,
        name -> Text,
        medium -> Text,
        minutes -> Int4,
        dimensions -> Array<Text>,
        questions -> Array<Text>,
    }
}

diesel::table! {
    rubric_versions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        rubric_id -> Uuid,
        version -> Int4,
        state -> Text,
        content -> Jsonb,
        revision -> Int8,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        published_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    rubrics (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        key -> Text,
        created_at -> Timestamptz,
        copied_from -> Nullable<Uuid>,
    }
}

diesel::table! {
    scorecards (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        seat_id -> Uuid,
        state -> Text,
        recommendation -> Nullable<Text>,
        recommendation_revision -> Int8,
        private_note -> Text,
        private_note_revision -> Int8,
        next_note -> Text,
        next_note_revision -> Int8,
        started_at -> Timestamptz,
        submitted_at -> Nullable<Timestamptz>,
        seal -> Nullable<Bytea>,
        facts -> Array<Text>,
        facts_revision -> Int8,
    }
}

diesel::table! {
    seat_links (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        seat_id -> Uuid,
        secret_hash -> Bytea,
        written_at -> Timestamptz,
        created_at -> Timestamptz,
        code_tag -> Nullable<Text>,
        code_expires_at -> Nullable<Timestamptz>,
        tries_left -> Int2,
        wrong_codes -> Int2,
    }
}

diesel::table! {
    seats (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        interview_id -> Uuid,
        member_id -> Uuid,
        invited_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    second_ratings (org_id, debrief_id, scorecard_id, dimension) {
        org_id -> Uuid,
        debrief_id -> Uuid,
        scorecard_id -> Uuid,
        dimension -> Text,
        score -> Nullable<Int2>,
        not_enough_evidence -> Bool,
        reason -> Text,
        evidence -> Array<Text>,
        note -> Text,
        revision -> Int8,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    secret_links (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        purpose -> Text,
        secret_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sessions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        device_key -> Bytea,
        user_agent -> Text,
        address -> Text,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        confirmed_at -> Timestamptz,
        device_hash -> Nullable<Bytea>,
        seat_id -> Nullable<Uuid>,
        second_factor -> Bool,
    }
}

diesel::table! {
    sign_on_domains (org_id, domain) {
        org_id -> Uuid,
        domain -> Text,
        added_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sign_on_providers (org_id) {
        org_id -> Uuid,
        issuer -> Text,
        client_id -> Text,
        sealed_secret -> Bytea,
        enforced -> Bool,
        break_glass_member_id -> Nullable<Uuid>,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    summaries (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        job_id -> Uuid,
        member_id -> Uuid,
        recipients -> Jsonb,
        locale -> Text,
        note -> Text,
        created_at -> Timestamptz,
        inputs_digest -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    views (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        member_id -> Uuid,
        action -> Text,
        object_id -> Nullable<Uuid>,
        detail -> Jsonb,
        address -> Text,
    }
}

diesel::joinable!(candidates -> organisations (org_id));
diesel::joinable!(event_heads -> organisations (org_id));
diesel::joinable!(events -> organisations (org_id));
diesel::joinable!(jobs -> organisations (org_id));
diesel::joinable!(letters -> organisations (org_id));
diesel::joinable!(members -> organisations (org_id));
diesel::joinable!(rubrics -> organisations (org_id));
diesel::joinable!(views -> organisations (org_id));

diesel::allow_tables_to_appear_in_same_query!(
    amendments,
    api_tokens,
    applications,
    authenticators,
    candidate_imports,
    candidates,
    conflict_copies,
    debrief_scorecards,
    debriefs,
    decisions,
    event_heads,
    events,
    handovers,
    identities,
    interviews,
    jobs,
    letter_parts,
    letters,
    members,
    operations,
    organisations,
    papers,
    passkeys,
    provisioned_members,
    questions,
    ratings,
    reminders,
    recovery_codes,
    rounds,
    rubric_versions,
    rubrics,
    scorecards,
    seat_links,
    seats,
    second_ratings,
    secret_links,
    sessions,
    sign_on_domains,
    sign_on_providers,
    summaries,
    views,
);

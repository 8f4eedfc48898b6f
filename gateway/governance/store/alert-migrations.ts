import { type Kysely, type Migration, sql } from 'kysely'

/** Alerts of every rule, beside those of emergency claims, and what officers did with them. */
export const extendAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table privacy_alert
        alter claim_id drop not null, alter alert_type drop not null,
        alter alert_reason drop not null,
        add rule text, add event uuid, add occurred_at timestamptz, add state text,
        add user_id text, add user_name text, add role_code text, add role_name text,
        add ods_code text, add organisation_name text, add nhs_number text, add facts json
    `.execute(db)
    await sql`
      update privacy_alert set rule = 'EMERGENCY_ACCESS', occurred_at = raised_at, state = 'OPEN',
        user_id = claim.user_id, user_name = claim.user_name, role_code = claim.role_code,
        role_name = claim.role_name, ods_code = claim.ods_code,
        organisation_name = claim.organisation_name, nhs_number = claim.nhs_number, facts = '{}'
      from emergency_claim as claim where claim.id = claim_id`.execute(db)
    await sql`
      alter table privacy_alert
        alter rule set not null, alter occurred_at set not null, alter state set not null,
        alter user_id set not null, alter user_name set not null, alter role_code set not null,
        alter role_name set not null, alter ods_code set not null,
        alter organisation_name set not null, alter facts set not null,
        add check ((rule = 'EMERGENCY_ACCESS') = (claim_id is not null)),
        add check (claim_id is not null or event is not null)`.execute(db)
    await sql`create unique index privacy_alert_event on privacy_alert (event, rule)`.execute(db)
    await sql`create index privacy_alert_patient on privacy_alert (nhs_number)`.execute(db)
    await sql`create index privacy_alert_user on privacy_alert (user_id, occurred_at)`.execute(db)
    await sql`
      create table privacy_alert_step (
        id bigint generated always as identity primary key,
        reference text not null references privacy_alert,
        taken_at timestamptz not null,
        from_state text not null,
        to_state text not null,
        attendance_confirmed boolean,
        note text not null,
        user_id text not null,
        user_name text not null,
        role_code text not null,
        role_name text not null,
        ods_code text not null,
        organisation_name text not null,
        request_id text not null
      )`.execute(db)
    await sql`create index privacy_alert_step_of on privacy_alert_step (reference, id)`.execute(db)
  },
}

/** Alerts and their history are kept from everybody, the owner of the tables included. */
export const keepAlerts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create function governance_refuse_alert_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the history of alerts is never changed' using errcode = '42501';
      end $$`.execute(db)
    await sql`
      create trigger privacy_alert_step_is_kept
      before update or delete or truncate on privacy_alert_step
      for each statement execute function governance_refuse_alert_change()`.execute(db)
    await sql`
      create trigger privacy_alert_is_kept before delete or truncate on privacy_alert
      for each statement execute function governance_refuse_alert_change()`.execute(db)
    await sql`
      create trigger privacy_alert_stays_the_same
      before update of reference, rule, event, claim_id, alert_type, alert_reason, participant,
        raised_at, occurred_at, user_id, user_name, role_code, role_name, ods_code,
        organisation_name, nhs_number, facts on privacy_alert
      for each statement execute function governance_refuse_alert_change()`.execute(db)
  },
}

/** How far the audit trail has been followed, and what its rules have to remember for some hours. */
export const followTrail: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table alert_cursor (
        is_the_one boolean primary key default true check (is_the_one),
        xid text not null,
        position bigint not null
      )`.execute(db)
    await sql`
      create table recent_opening (
        user_id text not null,
        ods_code text not null,
        nhs_number text not null,
        opened_at timestamptz not null,
        primary key (user_id, ods_code, nhs_number)
      )`.execute(db)
    await sql`create index recent_opening_at on recent_opening (opened_at)`.execute(db)
  },
}

/** Which members of staff are which patients, as participants list it. */
export const registerStaff: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table staff_member (
        participant text not null,
        user_id text not null,
        nhs_number text not null,
        ods_code text not null,
        primary key (participant, user_id, nhs_number, ods_code)
      )`.execute(db)
    await sql`create index staff_member_user on staff_member (user_id)`.execute(db)
    await sql`create index staff_member_patient on staff_member (nhs_number)`.execute(db)
  },
}

/** One look can show that several participants have something to look into. */
export const alertEachParticipant: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`drop index privacy_alert_event`.execute(db)
    await sql`
      create unique index privacy_alert_event on privacy_alert (event, rule, participant)
    `.execute(db)
  },
}

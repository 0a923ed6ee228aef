import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface DraftRow {
  readonly accountId: string
  readonly kind: string
  readonly subject: string
  readonly content: Readonly<Record<string, string>>
  readonly version: number
  readonly startedAt: Date
  readonly savedAt: Date
  readonly sessionId: string
  readonly device: string
  readonly title: string | null
  readonly path: string | null
  readonly ofVersion: number | null
  readonly sendKey: string | null
}
const columns = sql`account_id, kind, subject, content, version, started_at, saved_at, session_id, device, title, path,
  of_version, send_key`

export const findDraft = (db: Db, kind: string, subject: string): Promise<DraftRow | undefined> =>
  db.first(sql<DraftRow>`select ${columns} from drafts where kind = ${kind} and subject = ${subject}`)

export interface ListedDraft extends Omit<DraftRow, 'content' | 'sendKey'> {
  readonly siret: number | null
  readonly establishmentName: string | null
}
/** With the establishment each is about, as far as it may be read. */
export const ownDrafts = (db: Db, limit: number): Promise<ListedDraft[]> =>
  db.all(sql<ListedDraft>`select d.account_id, d.kind, d.subject, d.version, d.started_at, d.saved_at, d.session_id,
    d.device, d.title, d.path, d.of_version, e.siret, e.name as establishment_name
    from drafts d left join exchanges x on d.kind = 'exchange-correction' and x.id = case
      when d.kind = 'exchange-correction' then d.subject::uuid end
    left join establishments e on e.siret = case d.kind when 'exchange' then d.subject::bigint
      when 'exchange-correction' then x.siret end
    order by d.saved_at desc, d.subject limit ${limit}`)
/** How many there are, and what they weigh. */
export const weighDrafts = async (db: Db): Promise<{ total: number; bytes: number }> =>
  (await db.first(sql<{ total: number; bytes: number }>`select count(*)::int as total,
    coalesce(sum(pg_column_size(content)), 0)::int as bytes from drafts`))!

/**
 * Writes over the version that was read. Undefined when another session wrote since.
 * The session of the last words gives no version: the answer to them may have been lost on the way.
 */
export const putDraft = (
  db: Db,
  draft: Omit<DraftRow, 'version' | 'startedAt'>,
  seen: number,
): Promise<DraftRow | undefined> =>
  db.first(sql<DraftRow>`insert into drafts (account_id, kind, subject, content, version, started_at, saved_at,
    session_id, device, title, path, of_version, send_key)
    values (${draft.accountId}::uuid, ${draft.kind}, ${draft.subject}, ${JSON.stringify(draft.content)}::jsonb,
      ${seen + 1}, ${draft.savedAt}, ${draft.savedAt}, ${draft.sessionId}::uuid, ${draft.device},
      ${draft.title}, ${draft.path}, ${draft.ofVersion}, ${draft.sendKey})
    on conflict (account_id, kind, subject) do update
      set content = excluded.content, version = drafts.version + 1, saved_at = excluded.saved_at,
      session_id = excluded.session_id, device = excluded.device,
      title = excluded.title, path = excluded.path, of_version = excluded.of_version,
      send_key = excluded.send_key
      where drafts.version = ${seen} or drafts.session_id = excluded.session_id
    returning ${columns}`)

/** Only the viewer's own: row-level security leaves no other. */
export const removeDraft = (db: Db, kind: string, subject: string): Promise<number> =>
  db.run(k.deleteFrom('drafts').where('kind', '=', kind).where('subject', '=', subject))

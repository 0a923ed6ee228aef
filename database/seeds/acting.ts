import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { actions } from '../../server/actions.ts'
import { people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { recordUsage } from '../../server/oversight/indicators/usage.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import type { KeyRing } from '../../server/platform/key-ring.ts'
import { buildServer } from '../../server/platform/server.ts'
import { tokenHash } from '../../server/platform/session-cookie.ts'
import { systemClock } from '../../server/platform/time.ts'
import { objectionDigests } from '../../server/work-with-employers/correspondents/objection-digests.ts'

/** The people of the demonstration, who act through the API, each on the day that is said; under the keys it will have. */
export const actingPeople = async (owner: pg.Client, webUrl: string, keys: KeyRing, today: string) => {
  let now = systemClock()
  // Each act bears the day on which it is told. The database asks for its own instant, and believes these until the end.
  const { rows } = await owner.query(`select pg_get_functiondef('ctx.is_now(timestamptz)'::regprocedure) as asked`)
  await owner.query(
    'create or replace function ctx.is_now(said timestamptz) returns boolean language sql stable return true',
  )
  const database = openDatabase(webUrl, { connections: 2 })
  // What they do counts as use of the tools, on its day.
  const usage = recordUsage(database, {
    clock: () => now,
    onError: error => {
      throw error
    },
  })
  const server = await buildServer({
    database,
    actions,
    onAnswered: usage.onAnswered,
    publicUrl: 'http://localhost',
    originKey: randomBytes(32),
    settings: { clock: () => now, objections: objectionDigests(keys) },
    requestsPerMinute: 1_000_000,
    shedLoad: false,
  })
  const sessions = new Map<string, string>()
  const signIn = async (person: StandInPerson) => {
    const token = randomBytes(32).toString('base64url')
    await owner.query(
      "insert into sessions (id, token_hash, account_id, created_at, last_seen_at, acr, second_factor, second_factor_at, proven_at) values ($1, $2, $3, now(), now(), 'eidas2', 'proconnect', now(), now())",
      [uuidv7(), tokenHash(token), person.accountId],
    )
    return `session=${token}`
  }
  /** What a person does through the API, on a day; anything but a success is a fault of the demonstration. */
  const as = async <T>(
    person: StandInPerson,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    on = today,
    version?: number,
  ): Promise<T> => {
    now = on === today ? systemClock() : new Date(`${on}T10:00:00Z`)
    const cookie = sessions.get(person.id) ?? (await signIn(person))
    sessions.set(person.id, cookie)
    const answer = await server.inject({
      method,
      url: `/api${path}`,
      headers: { cookie, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) },
      ...(body ? { payload: body } : {}),
    })
    if (answer.statusCode !== 200) throw new Error(`demonstration: ${method} ${path}: ${answer.body}`)
    return answer.json() as T
  }
  type Campaign = { id: string }
  type Targets = { items: { establishment: { siret: string } }[] }
  const prepare = async (pilot: StandInPerson, campaign: object, criteria: object, on: string) => {
    const { id } = await as<Campaign>(pilot, 'POST', '/campaigns', campaign, on)
    await as(pilot, 'POST', `/campaigns/${id}/targets`, { criteria }, on)
    // PostgreSQL dates a membership by its own clock, which these days do not move.
    await owner.query('update campaign_memberships set joined_at = $2 where campaign_id = $1', [id, `${on}T10:00:00Z`])
    return id
  }
  const targetsOf = async (id: string, person: StandInPerson) =>
    (await as<Targets>(person, 'GET', `/campaigns/${id}/targets?limit=200`)).items.map(t => t.establishment.siret)
  /** A card read before calling; now and then, the search and the campaign that led to it. */
  const before = async (person: StandInPerson, campaignId: string, siret: string, n: number, on: string) => {
    if (n % 4 === 0) await as(person, 'GET', '/establishments?q=construction&limit=1', undefined, on)
    if (n % 3 === 0) await as(person, 'GET', `/campaigns/${campaignId}`, undefined, on)
    await as(person, 'GET', `/establishments/${siret}`, undefined, on)
  }
  /** A small file that this person sent, and that was checked: an act may keep it. */
  const sent = async (person: StandInPerson, name: string, bytes: Buffer): Promise<string> => {
    const id = uuidv7()
    await owner.query(
      `insert into uploads (id, by_id, name, size, begun_at, checked_at, media_type, sha256, scanned)
        values ($1, $2, $3, $4, now(), now(), 'application/pdf', sha256($5), false)`,
      [id, person.accountId, name, bytes.length, bytes],
    )
    await owner.query('insert into upload_pieces (upload_id, position, bytes) values ($1, 0, $2)', [id, bytes])
    return id
  }
  const close = async () => {
    await owner.query('delete from sessions where account_id = any ($1)', [Object.values(people).map(p => p.accountId)])
    await server.close()
    await database.close()
    await owner.query(rows[0].asked)
  }
  return { as, sent, prepare, targetsOf, before, usage, close }
}
export type ActingPeople = Awaited<ReturnType<typeof actingPeople>>

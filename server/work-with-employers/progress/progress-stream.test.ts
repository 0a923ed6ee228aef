import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { actions } from '../../actions.ts'
import { buildServer } from '../../platform/server.ts'
import { siretText } from '../../platform/siret.ts'
import { metrics } from '../../platform/telemetry.ts'
import { addDays, parisDay, systemClock } from '../../platform/time.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { until } from '../../testing/until.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { progressStream } from './progress-stream.ts'

const today = parisDay(systemClock())
const rights = (over: object = {}) =>
  [
    { tool: 'campagnes', profile: 'conseiller', territoryId: places.coeur, ...over },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.coeur },
  ] as const
const sirets = Array.from({ length: 40 }, (_, n) => siretOf(n + 1))

let house: House
let server: FastifyInstance
let port: number
let ines: Person
let karim: Person
let stranger: Person
let campaignId: string
const opened: ClientRequest[] = []

const serve = async (options: Partial<Parameters<typeof progressStream>[0]> = {}) => {
  const served = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    exceptions: [
      progressStream({
        database: house.database,
        listenUrl: house.urls.webUrl,
        secure: false,
        clock: systemClock,
        settleMs: 20,
        heartbeatMs: 60_000,
        ...options,
      }),
    ],
  })
  await served.listen({ host: '127.0.0.1', port: 0 })
  return served
}
before(async () => {
  house = await openHouse(actions)
  await layTerritories(house.owner)
  await insertEstablishments(
    house.owner,
    sirets.map(siret => ({ siret })),
  )
  const [cc, mission, other] = [await house.organisation(), await house.organisation(), await house.organisation()]
  ines = await house.person(cc.id, [...rights({ profile: 'pilote' })])
  karim = await house.person(mission.id, [...rights()])
  stranger = await house.person(other.id, [...rights({ profile: 'pilote' })])
  campaignId = (
    await insertCampaign(
      house.owner,
      aCampaign({
        status: 'open',
        pilotId: cc.id,
        memberIds: [mission.id],
        territoryId: places.coeur,
        startsOn: addDays(today, -10),
        endsOn: addDays(today, 30),
      }),
      ines.id,
      sirets,
    )
  ).id
  server = await serve()
  port = (server.server.address() as AddressInfo).port
})
after(async () => {
  for (const request of opened) request.destroy()
  await server.close()
  await house.close()
})

interface Watching {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: () => string
  events(count: number): Promise<{ version: string }[]>
  readonly ended: Promise<void>
  stop(): void
}
const watch = async (who: Person | null, id = campaignId, at = port): Promise<Watching> => {
  const request = get({
    port: at,
    host: '127.0.0.1',
    agent: false,
    path: `/api/campaigns/${id}/progress/stream`,
    headers: who ? { cookie: who.cookie } : {},
  })
  opened.push(request)
  request.on('error', () => {})
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  let grew: () => void = () => {}
  response.setEncoding('utf8').on('data', chunk => {
    text += chunk
    grew()
  })
  const ended = new Promise<void>(resolve => {
    response.on('close', () => {
      resolve()
      grew()
    })
  })
  const told = () =>
    [...text.matchAll(/^event: progress\ndata: (.*)\n\n/gm)].map(m => JSON.parse(m[1]!) as { version: string })
  return {
    status: response.statusCode!,
    headers: response.headers,
    text: () => text,
    ended,
    stop: () => request.destroy(),
    events: async count => {
      while (told().length < count && !response.closed)
        await new Promise<void>(resolve => {
          grew = resolve
        })
      return told()
    },
  }
}
let next = 0
const record = async (who: Person, siret = sirets[next++]!) => {
  const answer = await house.call(
    who,
    'POST',
    '/exchanges',
    {
      siret: String(siret),
      campaignId,
      occurredOn: today,
      channel: 'telephone',
      result: 'besoin-detecte',
      notes: 'Ne doit pas voyager',
    },
    { 'idempotency-key': `cle-${siret}-${who.id}` },
  )
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
/** The listening is set up with the first watcher: an event that comes proves it is. */
const heardBy = async (watching: Watching, already = 0) => {
  for (let tries = 0; ; tries++) {
    await house.owner.query(`select pg_notify('campaign_progress', $1 || ' essai')`, [campaignId])
    const heard = await Promise.race([
      watching.events(already + 1).then(() => true),
      new Promise<false>(resolve => setTimeout(() => resolve(false), 200)),
    ])
    if (heard) return
    assert.ok(tries < 100, 'nothing is heard')
  }
}

test('CAM-8, REL-8: two advisors of two organisations record; a third who watches is told at once, by a version and nothing else; the metrics count the stream', async () => {
  const nadia = await house.person(ines.organisationId, [...rights({ profile: 'consultation' })])
  const watching = await watch(nadia)
  assert.deepEqual(
    [watching.status, watching.headers['content-type'], watching.headers['cache-control']],
    [200, 'text/event-stream; charset=utf-8', 'no-store, no-transform'],
  )
  assert.ok(watching.headers['content-security-policy'], 'the headers of every answer')
  await heardBy(watching)
  const measured = async (name: string) =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await metrics.metrics())?.[1])
  assert.deepEqual([await measured('streams_open'), await measured('streams_listening')], [1, 1])
  const already = (await watching.events(1)).length
  await record(ines)
  await watching.events(already + 1)
  await record(karim)
  const events = await watching.events(already + 2)
  assert.ok(
    events.slice(already).every(e => Object.keys(e).join() === 'version' && /^\d+$/.test(e.version)),
    JSON.stringify(events),
  )
  assert.doesNotMatch(watching.text(), new RegExp(['voyager', 'besoin', ...sirets].join('|')))
  const progress = await house.call(nadia, 'GET', `/campaigns/${campaignId}/progress`)
  assert.equal(progress.body.contacted, 2)
  watching.stop()
  await until('a stream that ended counted no more', async () => (await measured('streams_open')) === 0)
})

test('CAM-8: one transaction says it once, whatever it writes', async () => {
  const client = new pg.Client(house.urls.webUrl)
  await client.connect()
  const heard: string[] = []
  client.on('notification', ({ payload }) => heard.push(payload!))
  await client.query('listen campaign_progress')
  await record(karim)
  while (heard.length === 0) await client.query('select')
  await client.query('select')
  assert.equal(heard.length, 1)
  assert.match(heard[0]!, new RegExp(`^${campaignId} \\d+$`))
  await client.end()
})

test('CAM-8: a need noted from an exchange of the campaign is told; one from elsewhere is not', async () => {
  const client = new pg.Client(house.urls.webUrl)
  await client.connect()
  const heard: string[] = []
  client.on('notification', ({ payload }) => heard.push(payload!.split(' ')[0]!))
  await client.query('listen campaign_progress')
  await record(karim)
  const { rows } = await house.owner.query(
    'select id, siret from exchanges where campaign_id = $1 and author_id = $2 limit 1',
    [campaignId, karim.id],
  )
  const note = async (exchangeId: string | null) => {
    const answer = await house.call(
      karim,
      'POST',
      `/establishments/${siretText(Number(rows[0].siret))}/needs`,
      { kind: 'formation', ...(exchangeId ? { exchangeId } : {}) },
      { 'idempotency-key': `need-${exchangeId}` },
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    await client.query('select')
  }
  await client.query('select')
  heard.length = 0
  await note(null)
  assert.deepEqual(heard, [])
  await note(rows[0].id)
  while (heard.length === 0) await client.query('select')
  assert.deepEqual(heard, [campaignId])
  await client.end()
})

test('SEC-6: no session, a stranger and a wrong id open no stream', async () => {
  for (const [who, id, status, code] of [
    [null, campaignId, 401, 'session/required'],
    [stranger, campaignId, 404, 'not-found'],
    [ines, 'x', 400, 'request/malformed'],
  ] as const) {
    const { status: got, text, ended } = await watch(who, id)
    await ended
    assert.deepEqual([got, JSON.parse(text()).code], [status, code])
  }
})

for (const [what, cut] of [
  [
    'the session is closed',
    (who: Person) => house.owner.query('update sessions set ended_at = now() where id = $1', [who.sessionId]),
  ],
  [
    'the session locks',
    (who: Person) =>
      house.owner.query(`update sessions set last_seen_at = now() - interval '31 minutes' where id = $1`, [
        who.sessionId,
      ]),
  ],
  [
    'the grant is cut',
    (who: Person) =>
      house.owner.query(`update grants set revoked_at = now() where account_id = $1 and tool = 'campagnes'`, [who.id]),
  ],
  [
    'the account is suspended',
    (who: Person) => house.owner.query(`update accounts set status = 'suspended' where id = $1`, [who.id]),
  ],
] as const)
  test(`SEC-6, CAM-8: ${what} in the middle: the next event is not told and the stream ends`, async () => {
    const who = await house.person(karim.organisationId, [...rights()])
    const watching = await watch(who)
    await heardBy(watching)
    const told = (await watching.events(1)).length
    await cut(who)
    await record(ines)
    await watching.ended
    assert.equal((await watching.events(0)).length, told)
  })
test('SEC-6: a structure that leaves the campaign hears nothing more of it', async () => {
  const leaving = await house.organisation()
  const who = await house.person(leaving.id, [...rights()])
  await house.owner.query('insert into campaign_members values ($1, $2)', [campaignId, leaving.id])
  const watching = await watch(who)
  await heardBy(watching)
  const told = (await watching.events(1)).length
  await house.owner.query('delete from campaign_members where organisation_id = $1', [leaving.id])
  await watching.ended
  assert.equal((await watching.events(0)).length, told)
})
test('SEC-6: with nothing moving, a heartbeat ends the stream of a closed session', async () => {
  const beating = await serve({ heartbeatMs: 50 })
  const who = await house.person(karim.organisationId, [...rights()])
  const watching = await watch(who, campaignId, (beating.server.address() as AddressInfo).port)
  await house.owner.query('update sessions set ended_at = now() where id = $1', [who.sessionId])
  await watching.ended
  await beating.close()
})

test('REL-4: three hundred who watch are told of a change over one listening connection', async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => house.person(karim.organisationId, [...rights()])))
  const watching = (
    await Promise.all(people.map(async who => Promise.all([1, 2, 3, 4, 5].map(() => watch(who)))))
  ).flat()
  await heardBy(watching[0]!)
  const before = await Promise.all(watching.map(async w => (await w.events(1)).length))
  await record(ines)
  await Promise.all(watching.map((w, i) => w.events(before[i]! + 1)))
  const {
    rows: [{ count }],
  } = await house.owner.query(
    `select count(*)::int from pg_stat_activity where application_name = 'campagnes-listen'
      and datname = current_database()`,
  )
  assert.equal(count, 1)
  for (const one of watching) one.stop()
})
test('REL-4: one person opens so many streams and no more', async () => {
  const who = await house.person(karim.organisationId, [...rights()])
  const open = await Promise.all([1, 2, 3, 4, 5, 6].map(() => watch(who)))
  const over = await watch(who)
  await over.ended
  assert.deepEqual(
    [over.status, JSON.parse(over.text()).code, over.headers['retry-after']],
    [429, 'request/too-many', '30'],
  )
  open[0]!.stop()
  await until('a place freed', async () => (await watch(who)).status === 200)
  for (const one of open) one.stop()
})

test('CAM-8: the listening connection cut comes back, and who watches reads anew', async () => {
  const watching = await watch(ines)
  await heardBy(watching)
  const told = (await watching.events(1)).length
  await asSuper(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'campagnes-listen'
      and datname = current_database()`,
  )
  const events = await watching.events(told + 1)
  assert.equal(events.at(-1)!.version, 'again', 'what was said meanwhile was not heard')
  await record(karim)
  await watching.events(told + 2)
  watching.stop()
})
const asSuper = async (query: string) => {
  const client = new pg.Client(house.urls.superUrl)
  await client.connect()
  await client.query(query)
  await client.end()
}

test('CAM-8, REL-6: a process that stops ends its streams at once; the next one serves', async () => {
  const stopping = await serve()
  const at = (stopping.server.address() as AddressInfo).port
  const watching = await watch(ines, campaignId, at)
  await heardBy(watching)
  await stopping.close()
  await watching.ended
  const again = await serve()
  const back = await watch(ines, campaignId, (again.server.address() as AddressInfo).port)
  await heardBy(back)
  back.stop()
  await again.close()
})

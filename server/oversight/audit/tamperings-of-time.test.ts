/** What is tried on the trail by who moves a clock, a date or an account's state, and how each is named. */
import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { moveClock } from '../../testing/clock.ts'
import { changedClause } from '../../testing/parity.ts'
import { insertEntry, openTrail, type Trail, trailTables as tables } from './testing.ts'
import type { FaultKind } from './trail-faults.ts'

let trail: Trail
let owner: pg.Client
let keptWitness: string
let [clockOf, tellErased] = ['', '']
const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day)
/** Details of these days ago: past any retention, past the least one alone, young. */
const [ancient, older, young] = [800, 250, 20] as const
const ids: Record<number, string[]> = {}
const left = { id: '', entries: [] as string[] }
const stays = { id: '', opened: '', blocked: '' }

const definitionOf = async (name: string) =>
  (await trail.owner.query<{ text: string }>('select pg_get_functiondef($1::regprocedure) as text', [name])).rows[0]!
    .text
const person = async () => (await trail.house.person((await trail.house.organisation()).id)).id

before(async () => {
  trail = await openTrail()
  owner = await trail.connect(trail.house.urls.ownerUrl)
  clockOf = `${await definitionOf('ctx.clock()')}; ${await definitionOf('ctx.is_now(timestamptz)')}`
  tellErased = await definitionOf('audit_tell_erased()')
  for (const days of [ancient, older, young]) {
    ids[days] = []
    for (let n = 0; n < 6; n++)
      ids[days].push(await insertEntry(owner, { at: ago(days).toISOString(), action: 'exchange.recorded' }))
    await trail.sealThen(ago(days))
  }
  for (const who of [left, stays]) who.id = await person()
  const on = (subject: string, action: string) => insertEntry(owner, { action, kind: 'account', subject })
  left.entries = [await on(left.id, 'account.opened'), await on(left.id, 'account.edited')]
  stays.opened = await on(stays.id, 'account.opened')
  stays.blocked = await on(stays.id, 'account.blocked')
  await trail.sealAll()
  keptWitness = `${trail.witnessFile}.kept`
  copyFileSync(trail.witnessFile, keptWitness)
})
after(async () => {
  await owner.end()
  await trail.close()
})

/** As whom the owner may become, the functions that write the trail: no trigger is off. */
const asDefiner = async (...statements: [text: string, values?: unknown[]][]) => {
  await owner.query('begin; set local role cc_definer')
  try {
    for (const [text, values] of statements) assert.ok((await owner.query(text, values)).rowCount! > 0, text)
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
}
const erase = (of: readonly string[]): [string, unknown[]] => [
  'delete from audit_details where entry_id = any ($1)',
  [of],
]
/** The report of these details, by hand, in the form that the trigger gives it. */
const reported = async (of: readonly string[], at: Date, over: object = {}) => {
  const { rows } = await owner.query<{ detail: object }>(
    `select jsonb_build_object('count', count(*),
      'first', (array_agg(jsonb_build_array(extract(epoch from at)::text, id) order by at, id))[1],
      'last', (array_agg(jsonb_build_array(extract(epoch from at)::text, id) order by at desc, id desc))[1],
      'sha256', encode(sha256(convert_to(string_agg(id::text, '' order by at, id), 'UTF8')), 'hex')) as detail
      from audit_entries where id = any ($1)`,
    [of],
  )
  await insertEntry(owner, {
    at: at.toISOString(),
    action: 'trail.details-purged',
    kind: 'trail',
    subject: 'details',
    detail: { ...rows[0]!.detail, ...over },
  })
}
const leaves = async (account: string) => {
  await trail.tamper([`update accounts set status = 'deleted' where id = $1`, [account]])
}

const asShipped = () => owner.query(`drop table if exists secret.clock; ${clockOf}; ${tellErased}`)

/** The database refused, or what the verification names once all is sealed; all is put back. */
const outcome = async (attack: () => Promise<unknown>, seal = true): Promise<readonly string[]> => {
  await trail.tamper(...tables.map(t => `create table kept_${t} as table ${t}`))
  try {
    try {
      await attack()
    } catch (error) {
      assert.equal((error as { code?: string }).code, '42501', String(error))
      return ['refused']
    }
    await asShipped()
    if (seal) await trail.sealAll()
    const found = await trail.verify()
    return [...new Set(found.faults.map(f => f.what))].sort()
  } finally {
    await asShipped()
    await trail.tamper(
      ...tables.toReversed().map(t => `delete from ${t}`),
      ...tables.map(t => `insert into ${t} select * from kept_${t}`),
      ...tables.map(t => `drop table kept_${t}`),
      `update accounts set status = 'active' where status = 'deleted'`,
    )
    copyFileSync(keptWitness, trail.witnessFile)
  }
}

type Named = FaultKind | 'refused'
const attacks: readonly (readonly [
  why: string,
  named: readonly Named[],
  attack: () => Promise<unknown>,
  seal?: false,
])[] = [
  [
    'the clock put forward, details erased as the definer, the clock put back',
    ['refused'],
    async () => {
      await moveClock(owner, '7 months')
      await asDefiner(erase(ids[young]!))
    },
  ],
  [
    'the same through the shipped function',
    [],
    async () => {
      await moveClock(owner, '7 months')
      await asDefiner(['select ctx.purge_trail_details(12, 100)'])
      assert.equal((await trail.verify()).erased, 6, 'what was past its term, and no more')
    },
  ],
  [
    'the trigger that tells made to date its report seven months ahead, then put back',
    ['detail-removed', 'postdated'],
    async () => {
      await owner.query(tellErased.replaceAll('now()', `(now() + interval '7 months')`))
      await asDefiner(erase(ids[young]!))
    },
  ],
  [
    'the same, told of today',
    ['detail-removed'],
    async () => {
      await owner.query(changedClause(tellErased, `interval '6 months'`, `interval '0'`, 'audit_tell_erased'))
      await asDefiner(erase(ids[young]!))
    },
  ],
  [
    'details erased past every safeguard, and a report by hand seven months ahead',
    ['detail-removed', 'postdated'],
    async () => {
      await trail.tamper(erase(ids[young]!))
      await reported(ids[young]!, ago(-215))
    },
  ],
  [
    'the same, not sealed yet',
    ['detail-removed', 'postdated'],
    async () => {
      await trail.tamper(erase(ids[young]!))
      await reported(ids[young]!, ago(-215))
    },
    false,
  ],
  [
    'details past the least retention, under the operator’s, deleted by the owner',
    ['detail-removed'],
    () => asDefiner(erase(ids[older]!)),
  ],
  [
    'the same through the shipped function, not sealed yet',
    ['detail-removed'],
    () => asDefiner(['select ctx.purge_trail_details(6, 100)']),
    false,
  ],
  ...(
    [
      ['a report that tells one less than went', 'detail-removed', { count: 5 }],
      ['a report that tells one more than went', 'detail', { count: 7 }],
      ['a report that tells of others', 'detail-removed', { sha256: '0'.repeat(64) }],
      ['a report of a narrower stretch', 'detail-removed', { first: ['0', ''], last: ['0', ''], count: 0 }],
    ] as const
  ).map(
    ([why, named, over]) =>
      [
        why,
        [named],
        async () => {
          await trail.tamper(erase(ids[ancient]!))
          await reported(ids[ancient]!, new Date(), over)
        },
      ] as const,
  ),
  [
    'details erased while young, long ago: their term has come since',
    ['backdated', 'detail-removed'],
    async () => {
      await trail.tamper(erase(ids[ancient]!))
      await reported(ids[ancient]!, ago(700))
      await trail.sealThen(ago(700))
    },
  ],
  [
    'an entry of today, under the seal of yesterday',
    ['postdated'],
    async () => {
      await insertEntry(owner)
      await trail.sealThen(ago(1))
    },
  ],
  ['an ordinary entry of 2099', ['postdated'], () => insertEntry(owner, { at: '2099-01-01T00:00:00Z' })],
  ['the same, not sealed yet', ['postdated'], () => insertEntry(owner, { at: '2099-01-01T00:00:00Z' }), false],
  [
    'an account said to have left, and its opening erased',
    ['detail-removed'],
    async () => {
      await leaves(stays.id)
      await asDefiner(erase([stays.opened]))
    },
  ],
  [
    'its departure written after its opening was erased',
    ['detail-removed'],
    async () => {
      await leaves(stays.id)
      await asDefiner(erase([stays.opened]))
      await insertEntry(owner, { action: 'account.deleted', kind: 'account', subject: stays.id })
    },
  ],
  [
    'a true departure that erases another act than those of the account',
    ['detail-removed'],
    async () => {
      await insertEntry(owner, { action: 'account.deleted', kind: 'account', subject: stays.id })
      await leaves(stays.id)
      await trail.tamper(erase([stays.blocked]))
      await insertEntry(owner, {
        action: 'trail.details-erased',
        kind: 'account',
        subject: stays.id,
        detail: { entries: [stays.blocked] },
      })
    },
  ],
  [
    'where the sealing is, moved ahead: what comes would be passed over',
    ['head'],
    () => trail.tamper(`update trail_head set cursor_xid = (cursor_xid::text::bigint + 1000000)::text::xid8`),
    false,
  ],
]

test(`SEC-1: ${attacks.length} tamperings by who moves a clock, a date or an account's state, each refused, named, or without effect`, async () => {
  assert.deepEqual((await trail.verify()).faults, [])
  for (const [why, named, attack, seal] of attacks) assert.deepEqual(await outcome(attack, seal), named, why)
  assert.deepEqual((await trail.verify()).faults, [], 'all was put back')
})

test('SEC-1: the clock of tests left in a database, and any other than PostgreSQL’s own, are named', async () => {
  await moveClock(owner, '0')
  assert.deepEqual(
    (await trail.verify()).faults.map(f => `${f.what} ${f.where}`),
    [
      'guard-changed function ctx.clock() : modifié',
      'guard-changed function ctx.is_now(timestamp with time zone) : modifié',
      'guard-changed table secret.clock : ajouté',
      'clock-moved secret.clock',
    ],
  )
  await asShipped()
  await owner.query(changedClause(clockOf, 'now()', `now() + interval '7 months'`, 'ctx.clock'))
  assert.deepEqual(
    (await trail.verify()).faults.map(f => `${f.what} ${f.where}`),
    ['guard-changed function ctx.clock() : modifié'],
  )
  await asShipped()
  assert.deepEqual((await trail.verify()).faults, [])
})

test('SEC-1, PRI-4: what the law lets go is no fault: details past their term, those of an account that left, an entry of a clock nine minutes ahead', async () => {
  for (const seal of [true, false]) {
    const ahead = (minutes: number) => () => insertEntry(owner, { at: ago(-minutes / 1_440).toISOString() })
    assert.deepEqual(await outcome(ahead(9), seal), [], 'two clocks nine minutes apart')
    assert.deepEqual(await outcome(ahead(12), seal), ['postdated'], 'twelve')
    assert.deepEqual(await outcome(() => asDefiner(erase(ids[ancient]!)), seal), [], 'past its term')
    assert.deepEqual(
      await outcome(async () => {
        await leaves(left.id)
        await asDefiner(erase(left.entries), [
          `with d as (select gen_random_uuid() as id, substr(sha256(''), 1, 16) as salt, '{}'::jsonb as detail),
            e as (insert into audit_entries (id, at, action, subject_kind, subject_id, detail_digest)
            select id, now(), 'account.departed', 'account', $1, audit_detail_digest(salt, detail) from d)
            insert into audit_details select id, salt, detail from d`,
          [left.id],
        ])
      }, seal),
      [],
      'with its departure',
    )
  }
})

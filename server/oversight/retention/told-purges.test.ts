import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { holdable } from '../../../contract/oversight/retention.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { onOneLine } from '../../testing/sources.ts'
import { keptTables } from '../personal-data/columns.ts'
import { type Ending, endings } from '../personal-data/endings.ts'

/** By ending that no report tells, why: what ends it runs at each request or each minute. */
const untold = {
  'identity-token': 'forgotten at each sign-out, and every ten minutes',
  'sign-in-begun': 'forgotten as the next sign-in begins',
  'sign-in-choice': 'forgotten as the next choice begins',
  'stored-rights': 'a copy of rights, made anew at any change',
  'usage-sessions': 'counted, then forgotten as the next uses are counted',
  held: 'who waits for a successor is looked at every hour',
  places: 'looked at every minute, kept a day',
  'session-cascade': 'goes with its session, which the report counts',
  'uploads-cascade': 'goes with its file, which the report counts',
  'bulk-works-cascade': 'goes with its work, which the report counts',
} as const satisfies Partial<Record<keyof typeof endings, string>>

let house: House
let bodies: ReadonlyMap<string, string>
before(async () => {
  house = await openHouse([])
  const { rows } = await house.owner.query(
    `select n.nspname || '.' || p.proname as name, p.prosrc as body from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'ctx')`,
  )
  bodies = new Map<string, string>(rows.map(({ name, body }) => [name.replace(/^public\./, ''), onOneLine(body)]))
})
after(() => house.close())

/** What a body tells the report: an ending, and a table. */
const toldIn = (body: string) =>
  [...body.matchAll(/ctx\.(?:note_purge|count_purged)\('([a-z-]+)', '(\w+)'/g)].map(([, ending, table]) => ({
    ending: ending!,
    table: table!,
  }))

test('PRI-4: each function that erases at a term tells the report, by a known ending and of a table that the list has', async () => {
  const silent = (list: Readonly<Record<string, Ending>>) =>
    Object.entries(list).flatMap(([name, ending]) =>
      ending.kind !== 'purged' ||
      name in untold ||
      ending.by.some(by => toldIn(bodies.get(by) ?? '').some(one => one.ending === name))
        ? []
        : [name],
    )
  assert.deepEqual(silent(endings), [])
  assert.deepEqual(silent({ quiet: { kind: 'purged', by: ['ctx.forget_places'], after: 'un jour' } }), ['quiet'])
  for (const name of Object.keys(untold)) assert.ok(name in endings, name)

  const told = [...bodies.values()].flatMap(toldIn)
  assert.ok(told.length >= 30, String(told.length))
  const technical = ['told_at_the_door'] // a digest a day, of an identity that no account has
  for (const { ending, table } of told) {
    assert.ok(ending in endings, ending)
    if (!technical.includes(table)) assert.ok(table in keptTables, table)
  }
  // Each delay told is that which the statement applies: no other interval stands in a function that tells one.
  for (const [name, body] of bodies) {
    const delays = new Set([...body.matchAll(/interval '([^']+)'/g)].map(([, one]) => one!))
    if (toldIn(body).length > 0 && name.startsWith('ctx.purge_'))
      for (const delay of delays)
        assert.ok(body.split(`'${delay}'`).length > 2 || name === 'ctx.purge_address_changes', `${name}: ${delay}`)
  }
})

test('PRI-4: each kind of data that may be held is asked of the holds by its purge, once no hold is being placed; no other is', () => {
  const awaits = (body: string) => {
    const at = body.indexOf('ctx.await_holds()')
    return at >= 0 && at < body.indexOf('ctx.is_held(')
  }
  const asked = [...bodies].flatMap(([name, body]) =>
    [...body.matchAll(/ctx\.is_held\('([a-z-]+)'/g)].map(([, ending]) => ({
      name,
      ending: ending!,
      awaits: awaits(body),
    })),
  )
  assert.deepEqual(
    asked.filter(one => !one.awaits),
    [],
  )
  assert.deepEqual([...new Set(asked.map(({ ending }) => ending))].sort(), [...holdable].sort())
  // What is due is held or goes, and each is counted: as many questions as deletions.
  for (const { ending } of asked)
    for (const [name, body] of bodies)
      for (const { table } of toldIn(body).filter(one => one.ending === ending))
        assert.ok(body.includes(`ctx.is_held('${ending}'`), `${name}: ${table}`)
})

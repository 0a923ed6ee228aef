import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { within } from '../../platform/job.ts'
import { freezeFigures } from '../indicators/freeze-figures.job.ts'
import { openTrail, type Trail } from './testing.ts'

let trail: Trail
before(async () => {
  trail = await openTrail()
  const { house } = trail
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')`,
  )
  for (const kind of ['epci', 'operateur'])
    await house.person((await house.organisation({ kind })).id, [
      { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
    ])
  await freezeFigures({ within: within(trail.worker) })
  await trail.sealAll()
})
after(() => trail.close())

const faults = async () => (await trail.verify()).faults.map(({ what }) => what)
/** The digest of a line or of a month, made again by who holds the tables. */
const again = `update frozen_figures set digest = sha256(convert_to(concat_ws(E'\\n', to_char(month, 'YYYY-MM-DD'),
  scope, extract(epoch from frozen_at)::text, lines::text), 'UTF8'))`
const monthAgain = `update frozen_months m set digest = sha256(convert_to(concat_ws(E'\\n', to_char(m.month, 'YYYY-MM-DD'),
  extract(epoch from m.frozen_at)::text, (select string_agg(encode(f.digest, 'hex'), E'\\n' order by f.scope)
    from frozen_figures f where f.month = m.month)), 'UTF8')),
  line_count = (select count(*) from frozen_figures f where f.month = m.month)`
const aLine = '(select scope from frozen_figures order by scope limit 1)'

const attacks: readonly (readonly [why: string, ...statements: string[]])[] = [
  ['a figure', `update frozen_figures set lines = jsonb_set(lines, '{0,value}', '7') where scope = ${aLine}`],
  ['a figure, its digest made again', `update frozen_figures set lines = jsonb_set(lines, '{0,value}', '7')`, again],
  [
    'a figure, both digests made again',
    `update frozen_figures set lines = jsonb_set(lines, '{0,value}', '7')`,
    again,
    monthAgain,
  ],
  ['the day of a line', `update frozen_figures set frozen_at = frozen_at - interval '1 day' where scope = ${aLine}`],
  ['the day of a month', `update frozen_months set frozen_at = frozen_at - interval '1 day'`],
  ['whose line it is', `update frozen_figures set fiche = '{0}' where scope = ${aLine}`],
  ['a line removed', `delete from frozen_figures where scope = ${aLine}`, monthAgain],
  [
    'a line added',
    `insert into frozen_figures select month, reverse(scope), organisation_id, campagnes, fiche, summed, frozen_at, lines,
      digest from frozen_figures where scope = ${aLine}`,
    again,
    monthAgain,
  ],
  ['a month removed whole', 'delete from frozen_figures', 'delete from frozen_months'],
  [
    'a month that nothing told',
    `insert into frozen_months select (month - interval '1 month')::date, frozen_at, 0, digest from frozen_months`,
  ],
]

test('IND-6, SEC-1: what is frozen stands with its act, and each tampering with it is found', async () => {
  assert.deepEqual(await faults(), [])
  for (const [why, ...statements] of attacks) {
    await trail.tamper(...['figures', 'months'].map(t => `create table kept_frozen_${t} as table frozen_${t}`))
    try {
      for (const count of await trail.tamper(...statements)) assert.ok(count! > 0, `${why}: it did something`)
      const found = await faults()
      assert.ok(found.length > 0 && found.every(what => what === 'frozen'), `${why}: ${found}`)
    } finally {
      for (const t of ['figures', 'months'])
        await trail.tamper(
          `delete from frozen_${t}`,
          `insert into frozen_${t} select * from kept_frozen_${t}`,
          `drop table kept_frozen_${t}`,
        )
    }
  }
  assert.deepEqual(await faults(), [], 'put back')
})

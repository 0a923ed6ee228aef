import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesOf, changedStatements, nearest, opens, reachedFrom, touchedBy } from './changed.ts'

test('what imports a changed file is reached with its steps, but not through where rooms are put together', () => {
  const graph = new Map([
    ['server/a/rule.ts', []],
    ['server/a/act.ts', ['server/a/rule.ts']],
    ['server/a/act.test.ts', ['server/a/act.ts']],
    ['server/actions.ts', ['server/a/act.ts']],
    ['server/b/whole.test.ts', ['server/actions.ts']],
  ])
  assert.deepEqual(
    [...reachedFrom(graph, ['server/a/rule.ts'])],
    [
      ['server/a/rule.ts', 0],
      ['server/a/act.ts', 1],
      ['server/a/act.test.ts', 2],
      ['server/actions.ts', 2],
    ],
  )
  assert.equal(reachedFrom(graph, ['server/actions.ts']).get('server/b/whole.test.ts'), 1)
})

const clock = `create or replace function ctx.clock() returns timestamptz language sql as $$
  select now()
$$;`
const late = `create or replace function ctx.late(day date) returns boolean language sql as $$
  select day < ctx.clock()::date
$$;`
const policy = `create policy late on public.campaigns for select using (ctx.late(ends_on));`
const other = `create policy own on public.drafts for select using (account_id = ctx.account());`
test('a statement of SQL that changed touches its table, or what calls its function', () => {
  const changed = changedStatements(`${clock}\n${late}`, `${clock.replace('now()', 'statement_timestamp()')}\n${late}`)
  assert.equal(changed.length, 2, 'as it was, as it is')
  const touched = touchedBy(changed, [clock, late, policy, other])
  assert.deepEqual([...touched.functions], ['ctx.clock', 'ctx.late'])
  assert.deepEqual([...touched.tables], ['campaigns'])
  const column = touchedBy(['alter table public.campaigns add column purpose text;'], [])
  assert.deepEqual([...column.tables], ['campaigns'])
  assert.deepEqual(changedStatements(late, late), [])
  const trigger = 'create trigger seen before insert on public.drafts\n  for each row execute function seen();'
  for (const laidOut of [trigger, trigger.replace(' on ', '\n  on ')])
    assert.deepEqual([...touchedBy([laidOut], []).tables], ['drafts'])
})

const routes = new Map([
  [
    'web/campaigns/routes.tsx',
    `const prepare = () => import('./prepare.page.tsx')
export const routes = [
  { path: '/campagnes', page: () => import('./list.page.tsx') },
  { path: '/campagnes/$campaignId/preparer', page: prepare },
]`,
  ],
])
test('a page reached has the addresses that its routes give it', () => {
  assert.deepEqual(addressesOf(new Map([['web/campaigns/prepare.page.tsx', 3]]), routes), [
    { path: '/campagnes/$campaignId/preparer', steps: 3 },
  ])
  assert.deepEqual(addressesOf(new Map([['web/campaigns/list.page.tsx', 1]]), routes), [
    { path: '/campagnes', steps: 1 },
  ])
  assert.deepEqual(addressesOf(new Map([['web/ui/form.tsx', 1]]), routes), [])
})

/** As a test writes it. */
const id = ['$', '{id}'].join('')
test('a test opens an address when it says it whole, whatever stands for its parts', () => {
  for (const [said, address, is] of [
    ["open('/campagnes')", '/campagnes', true],
    ["open('/campagnes?etat=ouverte')", '/campagnes', true],
    ["open('/campagnes/nouvelle')", '/campagnes', false],
    [`open(\`/campagnes/${id}/preparer\`)`, '/campagnes/$campaignId/preparer', true],
    [`open(\`/campagnes/${id}\`)`, '/campagnes/$campaignId/preparer', false],
    ["open('/')", '/', true],
    ["open('/aide')", '/', false],
  ] as const)
    assert.equal(opens(said, address), is, `${said} ${address}`)
})

test('the nearest are taken while they fit, and the first whatever it takes', () => {
  const ms = (n: number) => n * 1_000
  assert.deepEqual(nearest([1, 2, 3], ms, 3_000), [1, 2])
  assert.deepEqual(nearest([9, 1], ms, 3_000), [9])
  assert.deepEqual(nearest([1, 2], ms, 60_000), [1, 2])
  assert.deepEqual(nearest([], ms, 1), [])
})

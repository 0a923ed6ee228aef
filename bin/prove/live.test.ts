import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { LiveMutant } from './live.ts'

const child = fork(fileURLToPath(new URL('./live.ts', import.meta.url)), [], {
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
})
after(() => child.disconnect())
const order = [{ file: 'server/platform/row-level-security.test.ts', titles: 'without the sealed context' }]
const told = async (mutant: Omit<LiveMutant, 'order'>) => {
  child.send({ ...mutant, order })
  return (await once(child, 'message'))[0]
}

test('SEC-6: an open test tells the mutant that it misses, is green once it is taken back, and does not tell what changes nothing', async () => {
  await once(child, 'message')
  const policy = (text: string) => `alter policy read on public.do_not_contact_marks using (${text})`
  const [kept, lost] = [policy('(select ctx.ok()) and siret = 1'), policy('siret = 1')]
  for (const name of ['once', 'again']) {
    const { killer } = await told({ name, statement: lost, undo: kept })
    assert.deepEqual([killer.file, /without the sealed context/.test(killer.title)], [order[0]!.file, true])
  }
  assert.deepEqual(await told({ name: 'nothing', statement: kept, undo: kept }), { name: 'nothing' })
  assert.deepEqual(await told({ name: 'no statement', statement: 'nonsense', undo: kept }), { name: 'no statement' })
})

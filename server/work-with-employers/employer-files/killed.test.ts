import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { once } from '../../testing/house.ts'
import { killedMidway } from '../../testing/killed-midway.ts'
import { processStarter } from '../../testing/processes.ts'
import { bakery, type FileHouse, garage, open, openFileHouse, post, tried } from './testing.ts'

let world: FileHouse
let starter: ReturnType<typeof processStarter>
before(async () => {
  // The service that is killed is at its own hour.
  world = await openFileHouse(() => new Date())
  starter = processStarter(world.house.urls)
})
after(async () => {
  starter.killAll()
  await world.close()
})

test('CAM-10, REL-6: a process killed while past contacts are imported, then while they are undone, leaves the part as it was; sent again, each is done once', {
  timeout: 240_000,
}, async () => {
  const { house, claire } = world
  const called = { day: '2026-03-02', channel: 'telephone', result: 'pas-de-besoin', notes: 'Rappeler en juin.' }
  const id = await open(house, claire, [
    { siret: bakery, familyName: 'Faure', givenName: 'Léa', role: 'Gérante', phone: '05 56 12 34 56', ...called },
    { siret: garage, familyName: 'Roux', role: 'Chef', ...called },
  ])
  assert.equal((await tried(house, claire, id)).state, 'tried')
  const state = async () =>
    (
      await house.owner.query(
        `select f.state, (select count(*)::int from exchanges) as exchanges,
          (select count(*)::int from correspondents) as people,
          (select count(*)::int from correspondent_values) as values,
          (select count(*)::int from employer_file_lines r where r.file_id = f.id and r.made is not null) as made,
          (select count(*)::int from audit_entries a where a.subject_id = f.id::text
            and a.action ~ 'part-(done|undone)') as parts,
          (select count(*)::int from audit_entries a where a.action ~ '^(exchange|correspondent)[.]import') as trail
        from employer_files f where f.id = $1`,
        [id],
      )
    ).rows[0]
  const path = `/employer-files/${id}/advance`
  const part = async (written: string, to: object) => {
    const stood = await state()
    const key = once()
    await killedMidway(house, starter, { who: claire, path, body: {}, written }, key)
    assert.deepEqual(await state(), stood, 'nothing is half done')
    for (const time of ['first', 'again'])
      assert.equal((await house.call(claire, 'POST', path, {}, key)).status, 200, time)
    assert.deepEqual(await state(), { ...stood, ...to })
  }
  assert.equal((await post(house, claire, `/${id}/confirm`)).status, 200)
  await part('exchanges', { exchanges: 2, people: 2, values: 6, made: 2, parts: 1, trail: 4 })
  // The last part finds nothing left, and ends the file: what its rows said goes.
  await part('employer_files', { state: 'done', parts: 2 })
  assert.equal((await post(house, claire, `/${id}/undo`)).status, 200)
  await part('exchanges', { exchanges: 0, people: 0, values: 0, parts: 3, trail: 8 })
  await part('employer_files', { state: 'undone', parts: 4 })
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openRecruitments, sirets } from '../../territory-and-register/recruitments/testing-recruitments.ts'
import type { OpenRegister } from '../../territory-and-register/register/testing-register.ts'
import { forgetServiceRejects } from './forget-service-rejects.job.ts'
import { importServices } from './import-services.ts'
import { aLine, serviceFilesOf, textOf, today } from './testing-files.ts'

let room: OpenRegister
let worker: pg.Client
before(async () => {
  room = await openRecruitments()
  worker = new pg.Client(room.database.workerUrl)
  await worker.connect()
})
after(async () => {
  await worker.end()
  await room.close()
})
const logger = { info: () => {}, warn: () => {} }
const forget = () =>
  forgetServiceRejects.run(undefined, {
    withPgClient: (work: (client: pg.Client) => Promise<void>) => work(worker),
    logger,
  } as unknown as Parameters<typeof forgetServiceRejects.run>[1])

test('REC-3, PRI-4: lines set aside are forgotten thirty days after their file ended, no sooner; the services and the file stay', async () => {
  const { write, rows } = serviceFilesOf(room)
  const ages = { old: '30 days 1 minute', limit: '29 days 23 hours 59 minutes', fresh: '0 days', unfinished: null }
  for (const [i, [name, age]] of Object.entries(ages).entries()) {
    const text = textOf([aLine({ reference: `S-${i}` }), aLine({ reference: 'sans' })])
    await importServices(room.owner, [write(`${name}.csv`, text)], { today })
    await room.owner.query('update service_files set finished_at = now() - $2::interval where name = $1', [
      `${name}.csv`,
      age,
    ])
  }
  const left = async () =>
    (
      await room.owner.query(
        'select f.name, r.siret from service_rejects r join service_files f on f.id = r.file_id order by f.id',
      )
    ).rows
  assert.equal((await left()).length, 4)
  await forget()
  assert.deepEqual(
    await left(),
    ['limit', 'fresh', 'unfinished'].map(name => ({ name: `${name}.csv`, siret: sirets[0] })),
  )
  await forget()
  assert.equal((await left()).length, 3)
  assert.equal((await rows()).length, 4)
  const { rowCount } = await room.owner.query('select from service_files')
  assert.equal(rowCount, 4)
})

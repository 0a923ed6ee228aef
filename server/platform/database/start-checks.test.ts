import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { moveClock, putClockBack } from '../../testing/clock.ts'
import { freshDatabase, type TestDatabase } from '../../testing/database.ts'
import { openDatabase } from '../database.ts'
import { clockProblems, collationProblems } from './start-checks.ts'

let database: TestDatabase
let owner: pg.Client
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.superUrl)
  await owner.connect()
})
after(async () => {
  await owner.end()
  await database.drop()
})

/** The problems of a database created with these clauses. */
const problemsOf = async (clauses: string): Promise<string[]> => {
  const name = `${database.name}_other`
  await owner.query(`create database ${name} template template0 ${clauses}`)
  const url = new URL(database.superUrl)
  url.pathname = `/${name}`
  const opened = openDatabase(url.href, { connections: 1 })
  try {
    return await collationProblems(opened)
  } finally {
    await opened.close()
    await owner.query(`drop database ${name} with (force)`)
  }
}

test('REL-7: the createdb of the deploy notes, word for word, gives the collation that is tested', async () => {
  const notes = readFileSync(new URL('../../../deploy/README.md', import.meta.url), 'utf8')
  const [, encoding, provider, builtin, locale] =
    /createdb --template=template0 --encoding=(\S+) --locale-provider=(\S+) --builtin-locale=(\S+) --locale=(\S+) campagnes/.exec(
      notes,
    )!
  const clauses = `encoding '${encoding}' locale_provider ${provider} builtin_locale '${builtin}' locale '${locale}'`
  assert.deepEqual(await problemsOf(clauses), [])
  const opened = openDatabase(database.webUrl, { connections: 1 })
  assert.deepEqual(await collationProblems(opened), [], 'and so is the one of the tests')
  await opened.close()
})

test('REL-7: a database of another collation or encoding is a problem that says where the right command is', async () => {
  for (const clauses of [
    "locale_provider icu icu_locale 'fr' locale 'C' encoding 'UTF8'",
    "locale_provider libc locale 'C' encoding 'UTF8'",
    "locale_provider libc locale 'C' encoding 'SQL_ASCII'",
  ]) {
    const problems = await problemsOf(clauses)
    assert.equal(problems.length, 1, clauses)
    assert.match(problems[0]!, /deploy\/README\.md/)
  }
})

test('SEC-1: a database that bears another clock than PostgreSQL’s is a problem, moved or put back; a fresh one is none', async () => {
  const opened = openDatabase(database.webUrl, { connections: 1 })
  try {
    assert.deepEqual(await clockProblems(opened), [])
    await moveClock(owner, '7 months')
    assert.match((await clockProblems(opened)).join(), /autre horloge que celle de PostgreSQL/)
    await putClockBack(owner)
    assert.equal((await clockProblems(opened)).length, 1, 'whoever laid it may move it again')
  } finally {
    await opened.close()
  }
})

test('SEC-1: a clock of the service more than ten minutes from PostgreSQL’s, either way, is a problem; nine are none', async () => {
  const opened = openDatabase(database.webUrl, { connections: 1 })
  // The test before leaves a clock of its own, at PostgreSQL's instant: it is told apart.
  const told = async (minutes: number) =>
    (await clockProblems(opened, new Date(Date.now() + minutes * 60_000))).filter(why => /réglez-les/.test(why)).length
  try {
    for (const [minutes, problems] of [
      [0, 0],
      [9, 0],
      [-9, 0],
      [11, 1],
      [-11, 1],
    ] as const)
      assert.equal(await told(minutes), problems, `${minutes} minutes`)
  } finally {
    await opened.close()
  }
})

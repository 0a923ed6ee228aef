import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../platform/ids.ts'
import { territories } from '../territory-and-register/territories/index.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { layTerritories } from '../work-with-employers/campaigns/testing-world.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../work-with-employers/correspondents/testing.ts'

let house: House
let folder: string
let mine: Person
let other: Person
const email = async (who: Person) =>
  (await house.owner.query('select email from account_contacts where account_id = $1', [who.id])).rows[0].email
const met = { siret: 11111111111111, values: [] as const }
const known = aCorrespondent({
  ...met,
  values: [aValue('familyName', 'Martin'), aValue('email', 'c.martin@usine.example'), aValue('phone', '+33556010203')],
})
const homonym = aCorrespondent({
  ...met,
  values: [aValue('familyName', 'Martin'), aValue('email', 'claude@atelier.example'), aValue('phone', '+33556010203')],
})
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'))
  house = await openHouse([...territories])
  await layTerritories(house.owner)
  const { id } = await house.organisation()
  ;[mine, other] = [await house.person(id), await house.person(id)]
  for (const seed of [known, homonym]) await insertCorrespondent(house.owner, seed)
  for (const who of [mine, other])
    await house.owner.query(
      'insert into directory_entries (account_id, organisation_id, phone, phone_hidden, version, changed_at) values ($1, $2, $3, false, 1, now())',
      [who.id, id, who === mine ? '+33611111111' : '+33622222222'],
    )
})
after(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

const why = ['--purpose', 'Demande d’accès du 1er décembre']
const run = (input: string, name: string, more: readonly string[] = why) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['server/admin.ts', 'export-person', '--to', join(folder, name), ...more, '--operator', 'Camille Essai'],
    { input, encoding: 'utf8', env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl } },
  )
  return { status, said: stdout + stderr }
}
const trail = async () =>
  (
    await house.owner.query(
      `select e.subject_kind, e.subject_id, e.actor_id, e.origin, d.detail from audit_entries e
        join audit_details d on d.entry_id = e.id where e.action = 'person.exported' order by e.at, e.subject_kind`,
    )
  ).rows
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

test('PRI-2, PRI-5, SEC-1: export-person writes what is kept of a user, for them alone, and the trail says why', async () => {
  const address = await email(mine)
  const { status, said } = run(`${address.toUpperCase()}\n`, 'mine')
  assert.equal(status, 0, said)
  assert.ok(!said.toLowerCase().includes(address), 'what is typed is not said again')
  const file = JSON.parse(read('mine.json'))
  assert.equal(file['Données d’une personne'].Finalité, 'Demande d’accès du 1er décembre')
  const part = (table: string) => file['Sur elle'].find((one: any) => one.Table === table)
  assert.deepEqual(part('account_contacts').Lignes[0].Courriel, address)
  assert.deepEqual(part('directory_entries').Lignes[0].Téléphone, '+33611111111')
  assert.equal(part('accounts').Lignes.length, 1)
  assert.match(part('directory_entries')['Durée de conservation'], /à la suppression du compte/)
  for (const name of ['mine.json', 'mine.txt']) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
    assert.ok(read(name).includes(address))
    for (const secret of [other.id, await email(other), '+33622222222']) assert.ok(!read(name).includes(secret))
  }
  const [entry, ...others] = await trail()
  assert.deepEqual(others, [])
  assert.deepEqual(
    [entry.subject_kind, entry.subject_id, entry.actor_id, entry.origin, entry.detail.purpose],
    ['account', mine.id, null, 'ligne de commande, Camille Essai', 'Demande d’accès du 1er décembre'],
  )
})

test('PRI-2: a correspondent is found by their address, and a homonym of theirs is not mixed', async () => {
  assert.equal(run('C.Martin@usine.example\n', 'known').status, 0)
  assert.match(read('known.txt'), /c\.martin@usine\.example/)
  for (const apart of ['claude@atelier.example', homonym.id]) assert.ok(!read('known.json').includes(apart))
  // One phone for both: neither is chosen, and the numbers to choose from are said.
  const shared = run('05 56 01 02 03\n', 'shared')
  assert.equal(shared.status, 1)
  assert.match(shared.said, /plusieurs personnes y répondent/)
  for (const one of [known.id, homonym.id]) assert.ok(shared.said.includes(one))
  assert.doesNotMatch(shared.said, /Martin|atelier|01 02 03/)
  // Another country's number that ends alike is nobody's.
  assert.match(run('+34 556 010 203\n', 'abroad').said, /personne n’y répond|ni un courriel/)
  // By their number, one; by two numbers, both, which the operator answers for.
  assert.equal(run(`${homonym.id}\n`, 'homonym').status, 0)
  assert.ok(!read('homonym.json').includes('c.martin@usine.example'))
  assert.equal(run(`${homonym.id}\n${known.id}\n${known.id}\n`, 'both').status, 0)
  for (const one of ['c.martin@usine.example', 'claude@atelier.example']) assert.ok(read('both.json').includes(one))
})

test('PRI-2: who a convention names is found by their phone as it was typed, and no other at that address', async () => {
  const { id: organisation } = await house.organisation()
  const ids = [uuidv7(), uuidv7()]
  for (const [at, name] of ['Alix Essai', 'Sacha Essai'].entries())
    await house.owner.query(
      `insert into convention_contacts (id, organisation_id, party, role, name, email, phone, starts_at, recorded_by)
        values ($1, $2, 'partenaire', $5, $3, 'dpd@structure.example', $4, now(), null)`,
      [ids[at], organisation, name, at === 0 ? '05 57 00 00 01' : null, at === 0 ? 'dpd' : 'correspondant-si'],
    )
  assert.equal(run('+33557000001\n', 'contact').status, 0)
  assert.ok(read('contact.txt').includes('Alix Essai') && !read('contact.txt').includes('Sacha Essai'))
  assert.match(run('dpd@structure.example\n', 'dpd').said, /plusieurs personnes y répondent/)
  assert.equal((await trail()).at(-1).subject_kind, 'convention-contact')
})

test('PRI-2, PRI-5: nothing is written for nobody, without a purpose, over a file, or for a person on the command line', async () => {
  const [before, files] = [await trail(), readdirSync(folder)]
  writeFileSync(join(folder, 'taken.txt'), 'déjà là')
  for (const [input, name, more, words] of [
    ['personne@nulle-part.example\n', 'a', why, /personne n’y répond/],
    ['dominique essai\n', 'a', why, /ni un courriel, ni un téléphone/],
    ['', 'a', why, /la personne manque/],
    [`${mine.id}\n`, 'a', [], /--purpose manque/],
    [`${mine.id}\n`, 'a', ['--purpose', 'court'], /--purpose manque/],
    [`${mine.id}\n`, 'a', [...why, mine.id], /ne se donne pas sur la ligne de commande/],
    [`${mine.id}\n`, 'taken', why, /existe déjà/],
    [`${mine.id}\n`, 'nowhere/a', why, /ne peut pas être écrit/],
    [`${mine.id}\npersonne@nulle-part.example\n`, 'a', why, /ligne 2 : personne n’y répond/],
  ] as const) {
    const { status, said } = run(input, name, more)
    assert.equal(status, 1, said)
    assert.match(said, words)
    assert.doesNotMatch(said, /nulle-part|dominique/)
  }
  assert.deepEqual([await trail(), readdirSync(folder).sort()], [before, [...files, 'taken.txt'].sort()])
})

test('PRI-2, PRI-5: what the database refuses at the very end leaves no file, and nothing in the trail', async () => {
  // Put off once more, so that it is refused by COMMIT alone.
  await house.owner.query(`
    create table refused_at_commit (id int);
    create function refuse_at_commit() returns trigger language plpgsql as $$
      begin raise exception 'refused at commit'; end $$;
    create constraint trigger at_commit after insert on refused_at_commit deferrable initially deferred
      for each row execute function refuse_at_commit();
    create function put_off() returns trigger language plpgsql as $$
      begin set constraints at_commit deferred; insert into refused_at_commit values (1); return null; end $$;
    create constraint trigger put_off after insert on audit_entries deferrable initially deferred
      for each row execute function put_off()`)
  const [before, files] = [await trail(), readdirSync(folder)]
  try {
    const { status, said } = run(`${mine.id}\n`, 'refused')
    assert.equal(status, 1, said)
    assert.deepEqual([await trail(), readdirSync(folder)], [before, files])
  } finally {
    await house.owner.query(`drop trigger put_off on audit_entries; drop function put_off();
      drop table refused_at_commit; drop function refuse_at_commit()`)
  }
  assert.equal(run(`${mine.id}\n`, 'refused').status, 0)
})

test('PRI-2, SEC-1: an export for a request of the register wants its identity checked and no answer yet; the trail has it under that request', async () => {
  const [id, unknown] = [uuidv7(), uuidv7()]
  await house.owner.query(
    `insert into rights_requests (id, organisation_id, kind, whose, person, channel, received_on, recorded_by,
      recorded_at) values ($1, $2, 'access', 'user', 'Alix Essai', 'mail', current_date, $3, now())`,
    [id, mine.organisationId, mine.id],
  )
  const step = (kind: string, more: string) =>
    house.owner.query(
      `insert into rights_request_steps (request_id, kind, happened_on, recorded_by, recorded_at,
        ${more.split('=')[0]}) values ($1, $2, current_date, $3, now(), ${more.split('=')[1]})`,
      [id, kind, mine.id],
    )
  const address = `${await email(mine)}\n`
  const before = (await trail()).length
  const refused = async (request: string, why: RegExp, more: readonly string[] = []) => {
    const { status, said } = run(address, 'request', ['--request', request, ...more])
    assert.notEqual(status, 0)
    assert.match(said, why)
    assert.deepEqual(
      [readdirSync(folder).filter(name => name.startsWith('request')), (await trail()).length],
      [[], before],
    )
  }
  await refused('12', /le numéro de la demande de droits/)
  await refused(id, /--purpose ne se donne pas avec/, why)
  await refused(unknown, /aucune demande de droits n’a ce numéro/)
  await refused(id, /l’identité de la personne n’est pas vérifiée/)
  await step('identity', `manner='known'`)
  const { status, said } = run(address, 'request', ['--request', id.toUpperCase()])
  assert.equal(status, 0, said)
  assert.equal(JSON.parse(read('request.json'))['Données d’une personne'].Finalité, `Demande de droits n° ${id}`)
  assert.equal((await trail()).at(-1).detail.purpose, `Demande de droits n° ${id}`)
  const { rows } = await house.owner.query(
    `select origin from audit_entries where action = 'rights-request.exported' and subject_id = $1`,
    [id],
  )
  assert.deepEqual(rows, [{ origin: 'ligne de commande, Camille Essai' }])
  await step('answer', `outcome, channel='given', 'mail'`)
  rmSync(join(folder, 'request.json'))
  rmSync(join(folder, 'request.txt'))
  const late = run(address, 'request', ['--request', id])
  assert.match(late.said, /cette demande a déjà sa réponse/)
})

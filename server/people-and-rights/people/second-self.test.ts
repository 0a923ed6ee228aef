import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { giveRole } from '../accounts/testing.ts'
import { people } from './index.ts'

let house: House
let own: string
let maite: Person // account manager
let claire: Person
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const addressOf = async (who: Person): Promise<string> =>
  (await rows('select email from account_contacts where account_id = $1', [who.id]))[0].email
const accounts = async (): Promise<number> => (await rows('select count(*)::int as n from accounts'))[0].n
const open = (email: string, who = maite) =>
  house.call(who, 'POST', '/habilitations/people', {
    givenName: 'Camille',
    familyName: 'Essai',
    function: 'Conseil aux entreprises',
    attachment: 'agent',
    email,
  })
const manager = async (organisationId: string) => {
  const person = await house.person(organisationId)
  await giveRole(house.owner, person, 'rgc')
  return person
}
/** `x.y@d` written otherwise, which the same mailbox receives. */
const variations = (email: string): string[] => {
  const [local, domain] = email.split('@') as [string, string]
  return [
    `${local}+1@${domain}`,
    `${local}+a.b+c@${domain}`,
    `${local.replaceAll('.', '')}@${domain}`,
    `${local[0]}.${local.slice(1)}@${domain}`,
    `${local.toUpperCase()}+X@${domain.toUpperCase()}`,
  ]
}

before(async () => {
  house = await openHouse(people)
  own = (await house.organisation()).id
  maite = await manager(own)
  claire = await house.person(own)
})
after(() => house.close())

test('ACC-4, SEC-1: an account manager opens no second account on their own mailbox, however they write it', async () => {
  const before = await accounts()
  for (const email of variations(await addressOf(maite))) {
    const { status, body } = await open(email)
    assert.deepEqual([status, body.code], [409, 'person/own-mailbox'], email)
  }
  assert.equal(await accounts(), before)
})
test('ACC-4, SEC-1: nor on a colleague’s; another structure is not told of, whatever is written', async () => {
  const before = await accounts()
  for (const email of variations(await addressOf(claire)))
    assert.deepEqual([(await open(email)).body.code, email], ['person/mailbox-taken', email])
  assert.equal(await accounts(), before)
  const elsewhere = await manager((await house.organisation()).id)
  assert.equal((await open(variations(await addressOf(claire))[0]!, elsewhere)).status, 200)
})
test('ACC-4, SEC-1: an address with an invisible or look-alike letter, or two dots, is refused with its reason', async () => {
  const before = await accounts()
  for (const local of [
    'camille..essai',
    'cami\u200blle.zero',
    'camille.\u00adzero',
    'саmille.zero',
    'ｃamille',
    '.c',
    'c.',
  ]) {
    const { status, body } = await open(`${local}@partenaire.example`)
    assert.deepEqual([status, body.errors?.[0]?.field], [400, 'email'], JSON.stringify(local))
    assert.match(body.errors[0].message, /ni accent, ni caractère invisible/)
  }
  assert.equal((await open('camille@part\u200benaire.example')).status, 400)
  assert.equal(await accounts(), before)
})
test('ACC-4, SEC-1: two openings of one mailbox at once, one account', async () => {
  for (let n = 0; n < 5; n++) {
    const done = await Promise.all([
      open(`deux.essai${n}+a@partenaire.example`),
      open(`deux.essai${n}+b@partenaire.example`),
    ])
    assert.deepEqual(done.map(d => d.body.code ?? d.status).toSorted(), [200, 'person/mailbox-taken'])
  }
})
test('ACC-4, SEC-1: a file holds one line a mailbox, and none of someone who has an account', async () => {
  const check = async (...emails: string[]) =>
    (
      await house.call(maite, 'POST', '/habilitations/imports', {
        text: ['Prénom;Nom;Courriel;Fonction', ...emails.map(e => `Lou;Zubiri;${e};Conseil`)].join('\n'),
      })
    ).body.lines.map((l: { errors: string[] }) => l.errors)
  assert.deepEqual(await check('lou.zubiri@partenaire.example', 'louzubiri+1@partenaire.example'), [
    ['address-twice'],
    ['address-twice'],
  ])
  assert.deepEqual(await check(variations(await addressOf(claire))[1]!, 'lo\u200bu@partenaire.example'), [
    ['mailbox-taken'],
    ['address-malformed'],
  ])
})
test('SEC-6, SEC-1: whatever the application forgets, the database keeps one mailbox to one person of a structure', async () => {
  const insert = async (email: string) => {
    const tx = await house.database.begin()
    try {
      await tx.enter(tokenHash(maite.cookie.slice('session='.length)))
      const id = uuidv7()
      await tx.run(
        sql`insert into accounts (id, organisation_id, given_name, family_name, function, attachment, created_at)
          values (${id}, ${own}, 'Camille', 'Essai', 'x', 'agent', now())`,
      )
      await tx.run(
        sql`insert into account_contacts (account_id, organisation_id, email) values (${id}, ${own}, ${email})`,
      )
    } finally {
      await tx.rollback()
    }
  }
  const colleague = await addressOf(claire)
  await assert.rejects(insert(variations(colleague)[1]!), /account_contacts_mailbox/)
  await assert.rejects(insert('cami\u200blle@partenaire.example'), /account_contacts_plain/)
  await insert('une.autre@partenaire.example')
})

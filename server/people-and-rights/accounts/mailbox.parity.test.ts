import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../testing/house.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { mailboxOf } from './mailbox-rules.ts'

const random = seededRandom(1250)
let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const letters = [...'abcXYZ019.+-_@', 'ﬁ', 'Ａ', '＋', '．', 'é', '\u200b', '']
const address = () => Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(random, letters)).join('')

test('ACC-4, SEC-1: the mailbox of an address is the same in the rules and in the database, and its own mailbox', async () => {
  const addresses = Array.from({ length: 5000 }, address)
  const { rows } = await house.owner.query(
    'select a, mailbox_of(a) as mailbox, mailbox_of(mailbox_of(a)) as again from unnest($1::text[]) a',
    [addresses],
  )
  assert.deepEqual(rows.filter(r => r.mailbox !== mailboxOf(r.a)).slice(0, 3), [])
  assert.deepEqual(rows.filter(r => r.a.split('@').length === 2 && r.again !== r.mailbox).slice(0, 3), [])
})
test('ACC-4, SEC-1: case, dots and what follows a plus make no other mailbox; another letter or domain does', () => {
  for (const same of ['Camille.Essai@Ici.example', 'camille.essai+bis@ici.example', 'c.a.milleessai+a+b@ici.example'])
    assert.equal(mailboxOf(same), 'camilleessai@ici.example', same)
  for (const other of ['camille.essais@ici.example', 'camille.essai@la.ici.example', 'camille-essai@ici.example'])
    assert.notEqual(mailboxOf(other), 'camilleessai@ici.example', other)
})
